using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>A few neighbouring maps on their way through the tests of <see cref="MapMatcher"/>, four by four.</summary>
/// <remarks>
/// Neighbours look alike, so the anchors that four of them leave in question are mostly the same, and are kept in one
/// list. The more maps a block has, the less often the anchors pass through the cache.
/// </remarks>
internal sealed class MapBlock
{
    /// <summary>Maps per block at most.</summary>
    public const int Largest = 64;

    /// <summary>Tokens of all maps of a block together, about: with their logarithms, 4 MiB.</summary>
    private const int Tokens = 1 << 19;

    private readonly int[] _counts = new int[Largest / JeffreysTile.Maps];
    private int[] _candidates = [];
    private Vector128<float>[] _sums = [];
    private int _anchors;

    /// <summary>How many maps to take at a time, so that they are many and yet not too large together.</summary>
    /// <param name="tokens">Tokens of each map.</param>
    /// <returns>A multiple of four.</returns>
    public static int SizeFor(int tokens) => Math.Clamp(Tokens / tokens / JeffreysTile.Maps * JeffreysTile.Maps, JeffreysTile.Maps, Largest);

    /// <summary>The maps, prepared; the last one again where their number is no multiple of four.</summary>
    public PreparedMaps Maps { get; } = new(negateRoughness: false);

    /// <summary>Index of the first map.</summary>
    public int First { get; private set; }

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>Number of groups of four neighbours.</summary>
    public int Groups => (Count + JeffreysTile.Maps - 1) / JeffreysTile.Maps;

    /// <summary>
    /// What a group has in question. Sums are infinite for what is settled: above for no match, below for a match.
    /// </summary>
    /// <param name="group">Which group.</param>
    /// <returns>The candidates, to be read and written anew.</returns>
    public Candidates Candidates(int group) => new(
        _candidates.AsSpan(group * _anchors, _anchors),
        _sums.AsSpan(group * _anchors, _anchors),
        ref _counts[group]);

    /// <summary>Takes some maps in and prepares them; no anchor is in question yet.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="first">The first of the block.</param>
    /// <param name="count">How many, at most <see cref="Largest"/>.</param>
    /// <param name="anchors">Number of anchors.</param>
    /// <param name="zeros">What a value of exactly 0 does.</param>
    public void Load(MapRows maps, int first, int count, int anchors, ZeroAttention zeros)
    {
        (First, Count, _anchors) = (first, count, anchors);
        Array.Clear(_counts);
        if (_candidates.Length < Largest / JeffreysTile.Maps * anchors)
        {
            _candidates = new int[Largest / JeffreysTile.Maps * anchors];
            _sums = new Vector128<float>[Largest / JeffreysTile.Maps * anchors];
        }

        Maps.Reset(Groups * JeffreysTile.Maps, maps.Height, maps.Width);
        for (int i = 0; i < Maps.Count; i++)
        {
            Maps.Set(i, maps.Row(first + Math.Min(i, count - 1)), zeros);
        }
    }
}
