namespace DiffSeg;

/// <summary>Measures the segments of a mask.</summary>
public static class SegmentTable
{
    /// <summary>Area, box and centroid of every label that owns a pixel.</summary>
    /// <param name="labels">The mask, row-major, height x width.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="width">Columns, at least 1.</param>
    /// <returns>One entry per label that occurs, in ascending order of the label.</returns>
    /// <exception cref="ArgumentException">The mask does not have height x width pixels.</exception>
    public static IReadOnlyList<Segment> Measure(ReadOnlySpan<ushort> labels, int height, int width)
    {
        if (height < 1 || width < 1 || labels.Length != (long)height * width)
        {
            throw new ArgumentException(
                $"The mask has {labels.Length} labels, but {height}x{width} pixels ask for {(long)height * width}.",
                nameof(labels));
        }

        Tally[] tallies = new Tally[Highest(labels) + 1];
        for (int y = 0; y < height; y++)
        {
            // A row is a few runs of one label: the tally is touched once per run, not once per pixel.
            ReadOnlySpan<ushort> row = labels.Slice(y * width, width);
            for (int x = 0; x < width;)
            {
                ushort label = row[x];
                int length = row[x..].IndexOfAnyExcept(label);
                int end = length < 0 ? width : x + length;
                tallies[label].Add(y, x, end);
                x = end;
            }
        }

        List<Segment> segments = [];
        for (int label = 0; label < tallies.Length; label++)
        {
            if (tallies[label].Area > 0)
            {
                segments.Add(tallies[label].ToSegment((ushort)label));
            }
        }

        return segments;
    }

    private static int Highest(ReadOnlySpan<ushort> labels)
    {
        ushort highest = 0;
        foreach (ushort label in labels)
        {
            highest = Math.Max(highest, label);
        }

        return highest;
    }

    private struct Tally
    {
        private long _sumX;
        private long _sumY;
        private int _top;
        private int _bottom;
        private int _left;
        private int _right;

        public int Area { get; private set; }

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

        public readonly Segment ToSegment(ushort label) => new(
            label,
            Area,
            new BoundingBox(_left, _top, _right - _left, _bottom - _top + 1),
            (double)_sumX / Area,
            (double)_sumY / Area);
    }
}
