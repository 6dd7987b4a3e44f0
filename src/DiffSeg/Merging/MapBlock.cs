namespace DiffSeg;

/// <summary>A few neighbouring maps on their way through the tests of <see cref="MapMatcher"/>, two by two.</summary>
/// <remarks>
/// Neighbours look alike, so the anchors that two of them leave in question are mostly the same, and are kept in one
/// list. Sized so that what a thread works on stays in its core's cache.
/// </remarks>
internal sealed class MapBlock
{
    /// <summary>Maps per block; even.</summary>
    public const int Size = 16;

    private int[] _candidates = [];
    private float[] _sums = [];
    private int _anchors;

    /// <summary>The maps; where their number is odd, the last one twice.</summary>
    public PreparedMaps Maps { get; } = new();

    /// <summary>Index of the first map.</summary>
    public int First { get; private set; }

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>Number of pairs of neighbours.</summary>
    public int Pairs => (Count + 1) / JeffreysTile.Maps;

    /// <summary>How many anchors each pair has in question.</summary>
    public int[] CandidateCounts { get; } = new int[Size / JeffreysTile.Maps];

    /// <summary>The anchors that a pair has in question, in ascending order, then room for the rest.</summary>
    /// <param name="pair">Which pair.</param>
    /// <returns>As many places as there are anchors.</returns>
    public Span<int> Candidates(int pair) => _candidates.AsSpan(pair * _anchors, _anchors);

    /// <summary>The sums so far of a pair's candidates, that of map m of candidate i at 2 i + m.</summary>
    /// <param name="pair">Which pair.</param>
    /// <returns>Two places per anchor.</returns>
    public Span<float> Sums(int pair) =>
        _sums.AsSpan(pair * _anchors * JeffreysTile.Maps, _anchors * JeffreysTile.Maps);

    /// <summary>Takes some maps in and prepares them; no anchor is in question yet.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="first">The first of the block.</param>
    /// <param name="count">How many, at most <see cref="Size"/>.</param>
    /// <param name="anchors">Number of anchors.</param>
    /// <param name="zeros">What a value of exactly 0 does.</param>
    public void Load(MapRows maps, int first, int count, int anchors, ZeroAttention zeros)
    {
        (First, Count, _anchors) = (first, count, anchors);
        if (_candidates.Length < Size / JeffreysTile.Maps * anchors)
        {
            _candidates = new int[Size / JeffreysTile.Maps * anchors];
            _sums = new float[Size * anchors];
        }

        Maps.Reset(Pairs * JeffreysTile.Maps, maps.Height, maps.Width);
        for (int i = 0; i < Maps.Count; i++)
        {
            Maps.Set(i, maps.Row(first + Math.Min(i, count - 1)), zeros);
        }
    }
}
