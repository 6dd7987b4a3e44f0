namespace DiffSeg;

/// <summary>Numbers the segments of a mask densely; sources (proposals or components) without a pixel are left out.</summary>
/// <remarks>Keeps its buffers for the next mask.</remarks>
internal sealed class SegmentNumbering
{
    // Rank in the upper half, source in the lower: sorted, equal ranks keep the order of the sources.
    private KeptBuffer<ulong> _order;
    private KeptBuffer<ushort> _numbers;
    private int _sources;

    /// <summary>Number of segments.</summary>
    public int Count { get; private set; }

    /// <summary>The new number of each source; 0 for those without a pixel.</summary>
    public ReadOnlySpan<ushort> Numbers => _numbers.Array.AsSpan(0, _sources);

    /// <summary>The source of a segment.</summary>
    /// <param name="number">The segment's number.</param>
    /// <returns>The source.</returns>
    public int SourceOf(int number) => (int)(uint)_order.Array[number];

    /// <summary>Numbers by area, the largest first; of equal areas the lower source.</summary>
    /// <param name="tallies">Pixels of each source.</param>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    public void ByArea(ReadOnlySpan<SegmentTally> tallies)
    {
        Start(tallies.Length);
        for (int source = 0; source < tallies.Length; source++)
        {
            Add(tallies[source], (uint)(int.MaxValue - tallies[source].Area), source);
        }

        Finish();
    }

    /// <summary>Numbers by the proposals that the sources come from, the lowest first; of equal ones the lower source.</summary>
    /// <param name="tallies">Pixels of each source.</param>
    /// <param name="proposals">The proposal of each source.</param>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    public void ByProposal(ReadOnlySpan<SegmentTally> tallies, ReadOnlySpan<ushort> proposals)
    {
        Start(tallies.Length);
        for (int source = 0; source < tallies.Length; source++)
        {
            Add(tallies[source], proposals[source], source);
        }

        Finish();
    }

    private void Start(int sources)
    {
        (_sources, Count) = (sources, 0);
        _order.Take(sources);
        _numbers.Take(sources).Clear();
    }

    private void Add(in SegmentTally tally, uint rank, int source)
    {
        if (tally.Area > 0)
        {
            _order.Array[Count++] = ((ulong)rank << 32) | (uint)source;
        }
    }

    private void Finish()
    {
        if (Count > ushort.MaxValue + 1)
        {
            throw new InvalidOperationException(
                $"The mask has {Count} segments, more than 65,536 labels can number; set MinRegionShare higher, "
                + "or leave Regions off.");
        }

        _order.Array.AsSpan(0, Count).Sort();
        for (int number = 0; number < Count; number++)
        {
            _numbers.Array[SourceOf(number)] = (ushort)number;
        }
    }
}
