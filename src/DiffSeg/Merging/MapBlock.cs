namespace DiffSeg;

/// <summary>A few neighbouring maps on their way through the tests of <see cref="MapMatcher"/>, two by two.</summary>
/// <remarks>
/// Neighbours look alike, so the anchors that two of them leave in question are mostly the same, and are kept in one
/// list. The more maps a block has, the less often the anchors pass through the cache.
/// </remarks>
internal sealed class MapBlock
{
    /// <summary>Maps per block at most.</summary>
    public const int Largest = 64;

    /// <summary>Tokens of all maps of a block together, about: with their logarithms, 4 MiB.</summary>
    private const int Tokens = 1 << 19;

    private int[] _candidates = [];
    private float[] _sums = [];
    private int _anchors;

    /// <summary>How many maps to take at a time, so that they are many and yet not too large together.</summary>
    /// <param name="tokens">Tokens of each map.</param>
    /// <returns>An even number.</returns>
    public static int SizeFor(int tokens) => Math.Clamp(Tokens / tokens / 2 * 2, 2, Largest);

    /// <summary>The maps, prepared; where their number is odd, the last one twice.</summary>
    public PreparedMaps Maps { get; } = new(negateRoughness: false);

    /// <summary>Index of the first map.</summary>
    public int First { get; private set; }

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>Number of pairs of neighbours.</summary>
    public int Pairs => (Count + 1) / JeffreysTile.Maps;

    /// <summary>How many anchors each pair has in question.</summary>
    public int[] CandidateCounts { get; } = new int[Largest / JeffreysTile.Maps];

    /// <summary>The anchors that a pair has in question, in ascending order, then room for the rest.</summary>
    /// <param name="pair">Which pair.</param>
    /// <returns>As many places as there are anchors.</returns>
    public Span<int> Candidates(int pair) => _candidates.AsSpan(pair * _anchors, _anchors);

    /// <summary>
    /// The sums so far of a pair's candidates, that of map m of candidate i at 2 i + m; infinite for what is settled, above
    /// for no match and below for a match.
    /// </summary>
    /// <param name="pair">Which pair.</param>
    /// <returns>Two places per anchor.</returns>
    public Span<float> Sums(int pair) =>
        _sums.AsSpan(pair * _anchors * JeffreysTile.Maps, _anchors * JeffreysTile.Maps);

    /// <summary>The sums so far of one candidate.</summary>
    /// <param name="pair">Which pair.</param>
    /// <param name="candidate">Which of its candidates.</param>
    /// <returns>Those of the pair's two maps.</returns>
    public (float One, float Other) SumsOf(int pair, int candidate)
    {
        Span<float> sums = Sums(pair);
        return (sums[2 * candidate], sums[(2 * candidate) + 1]);
    }

    /// <summary>Begins to write a pair's candidates anew; those before can still be read, as one at most is written for each.</summary>
    /// <param name="pair">Which pair.</param>
    /// <returns>How many there were.</returns>
    public int StartAgain(int pair)
    {
        int count = CandidateCounts[pair];
        CandidateCounts[pair] = 0;
        return count;
    }

    /// <summary>Writes a candidate.</summary>
    /// <param name="pair">Which pair.</param>
    /// <param name="anchor">The anchor.</param>
    /// <param name="one">The sum so far for the pair's first map.</param>
    /// <param name="other">That for its second.</param>
    public void Keep(int pair, int anchor, float one, float other)
    {
        int place = CandidateCounts[pair]++;
        Candidates(pair)[place] = anchor;
        Span<float> sums = Sums(pair);
        sums[2 * place] = one;
        sums[(2 * place) + 1] = other;
    }

    /// <summary>Up to four candidates for a tile; where there are fewer, the last one again.</summary>
    /// <param name="pair">Which pair.</param>
    /// <param name="first">The first of them.</param>
    /// <param name="count">Candidates in all.</param>
    /// <param name="four">The anchors.</param>
    /// <returns>How many are different.</returns>
    public int Four(int pair, int first, int count, Span<int> four)
    {
        Span<int> candidates = Candidates(pair);
        for (int k = 0; k < four.Length; k++)
        {
            four[k] = candidates[Math.Min(first + k, count - 1)];
        }

        return Math.Min(four.Length, count - first);
    }

    /// <summary>Takes some maps in and prepares them; no anchor is in question yet.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="first">The first of the block.</param>
    /// <param name="count">How many, at most <see cref="Largest"/>.</param>
    /// <param name="anchors">Number of anchors.</param>
    /// <param name="zeros">What a value of exactly 0 does.</param>
    public void Load(MapRows maps, int first, int count, int anchors, ZeroAttention zeros)
    {
        (First, Count, _anchors) = (first, count, anchors);
        if (_candidates.Length < Largest / JeffreysTile.Maps * anchors)
        {
            _candidates = new int[Largest / JeffreysTile.Maps * anchors];
            _sums = new float[Largest * anchors];
        }

        Maps.Reset(Pairs * JeffreysTile.Maps, maps.Height, maps.Width);
        for (int i = 0; i < Maps.Count; i++)
        {
            Maps.Set(i, maps.Row(first + Math.Min(i, count - 1)), zeros);
        }
    }
}
