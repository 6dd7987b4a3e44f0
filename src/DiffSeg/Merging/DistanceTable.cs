using System.Numerics;

namespace DiffSeg;

/// <summary>
/// How far some of the maps, the anchors, lie from all maps, as far as a ceiling: measured once and compared with any number
/// of thresholds, each in a pass over the table.
/// </summary>
/// <remarks>
/// In single precision, 4 bytes for each anchor and map: 4 MiB for 256 anchors and 4,096 maps. A pair within rounding of a
/// threshold is decided by the accurate sum, as <see cref="MapMatcher"/> does it, so that both find the same matches.
/// </remarks>
internal sealed class DistanceTable
{
    private static readonly Spares<DistanceMeasuring> Measurings = new();

    private readonly Action<int, int> _matchRange;
    private readonly int[] _anchors;
    private float[] _sums = [];
    private MapRows _maps;
    private double _threshold;
    private DistanceBounds _bounds;
    private MatchMatrix _matches = null!;

    /// <summary>An empty table.</summary>
    /// <param name="anchors">Indices of the anchors among the maps; kept.</param>
    public DistanceTable(int[] anchors)
    {
        _anchors = anchors;
        _matchRange = MatchRange;
    }

    /// <summary>The highest threshold that the table can answer; below 0 before it is measured.</summary>
    public float Ceiling { get; private set; } = -1;

    /// <summary>Measures the distances.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="ceiling">The highest threshold that will be asked: pairs that are beyond it for sure are left out.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="cancellationToken">Looked at every 64 maps; a table whose measuring was cancelled answers nothing.</param>
    public void Measure(MapRows maps, float ceiling, MatchSettings settings, CancellationToken cancellationToken)
    {
        int blocks = (maps.Count + MatchMatrix.WordSize - 1) / MatchMatrix.WordSize;
        int length = checked(blocks * _anchors.Length * MatchMatrix.WordSize);
        if (_sums.Length < length)
        {
            _sums = GC.AllocateUninitializedArray<float>(length);
        }

        Ceiling = -1;
        DistanceMeasuring measuring = Measurings.Take();
        try
        {
            measuring.Run(maps, _anchors, ceiling, settings, _sums, cancellationToken);
        }
        finally
        {
            Measurings.Return(measuring);
        }

        Ceiling = ceiling;
    }

    /// <summary>Finds all pairs below a threshold.</summary>
    /// <param name="maps">The maps that were measured.</param>
    /// <param name="threshold">A pair matches when its distance is below this (strictly); at most the ceiling.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="matches">The matches, one row per anchor; what it held is lost.</param>
    /// <param name="cancellationToken">Looked at every 64 maps.</param>
    public void Match(MapRows maps, float threshold, int degree, MatchMatrix matches, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(threshold, Ceiling);
        matches.Reset(_anchors.Length, maps);
        (_maps, _threshold, _matches) = (maps, threshold, matches);
        _bounds = new DistanceBounds(threshold, maps.Mass);
        RowParallel.For(matches.Blocks, 1, degree, _matchRange, cancellationToken);
        _maps = default;
    }

    private void MatchRange(int from, int to)
    {
        for (int block = from; block < to; block++)
        {
            for (int anchor = 0; anchor < _anchors.Length; anchor++)
            {
                ReadOnlySpan<float> sums =
                    _sums.AsSpan(((block * _anchors.Length) + anchor) * MatchMatrix.WordSize, MatchMatrix.WordSize);
                (ulong below, ulong open) = BelowWord.Of(sums, _bounds.Surely, _bounds.Never);
                for (; open != 0; open &= open - 1)
                {
                    int bit = BitOperations.TrailingZeroCount(open);
                    below |= IsBelow(anchor, _matches.Order.MapAt((block * MatchMatrix.WordSize) + bit)) ? 1UL << bit : 0;
                }

                _matches.SetWord(block, anchor, below);
            }
        }
    }

    private bool IsBelow(int anchor, int map) =>
        JeffreysDistance.Accurate(_maps.Row(_anchors[anchor]), _maps.Row(map)) < _threshold;
}
