namespace DiffSeg;

/// <summary>What the runs of one segment add up to, in the order of their rows.</summary>
internal struct SegmentTally
{
    private long _sumX;
    private long _sumY;
    private int _top;
    private int _bottom;
    private int _left;
    private int _right;

    /// <summary>Pixels so far.</summary>
    public int Area { get; private set; }

    /// <summary>Adds a run; rows never fall.</summary>
    /// <param name="y">Its row.</param>
    /// <param name="from">Its first column.</param>
    /// <param name="end">The column after its last.</param>
    public void Add(int y, int from, int end)
    {
        if (Area == 0)
        {
            (_top, _left, _right) = (y, from, end);
        }

        _bottom = y;
        _left = Math.Min(_left, from);
        _right = Math.Max(_right, end);
        int length = end - from;
        Area += length;
        _sumY += (long)y * length;
        _sumX += (long)(from + end - 1) * length / 2;
    }

    /// <summary>The segment measured.</summary>
    /// <param name="label">Its label.</param>
    /// <returns>The measures; there must be a pixel.</returns>
    public readonly Segment ToSegment(ushort label) => new(
        label,
        Area,
        new BoundingBox(_left, _top, _right - _left, _bottom - _top + 1),
        (double)_sumX / Area,
        (double)_sumY / Area);
}
