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
    public const int Largest = MatchMatrix.WordSize;

    /// <summary>Tokens of all maps of a block together, about: with their logarithms, 4 MiB.</summary>
    private const int Tokens = 1 << 19;

    private readonly int[] _counts = new int[Largest / JeffreysTile.Maps];
    private int[] _candidates = [];
    private Vector128<float>[] _sums = [];
    private Vector128<float>[] _margins = [];
    private Vector128<float>[] _roughness = [];
    private int[] _order = [];
    private float[] _weights = [];
    private int _anchors;

    /// <summary>How many maps to take at a time, so that they are many and yet not too large together.</summary>
    /// <param name="tokens">Tokens of each map.</param>
    /// <returns>A multiple of four.</returns>
    public static int SizeFor(int tokens) => Math.Clamp(Tokens / tokens / JeffreysTile.Maps * JeffreysTile.Maps, JeffreysTile.Maps, Largest);

    /// <summary>The maps, prepared; the last one again where their number is no multiple of four.</summary>
    public PreparedMaps Maps { get; } = new(negateRoughness: false);

    /// <summary>Place of the first map in the order of maps.</summary>
    public int First { get; private set; }

    /// <summary>Number of maps.</summary>
    public int Count { get; private set; }

    /// <summary>Number of groups of four neighbours.</summary>
    public int Groups => (Count + JeffreysTile.Maps - 1) / JeffreysTile.Maps;

    /// <summary>All units, from the roughest of these maps to the smoothest.</summary>
    public ReadOnlySpan<int> RoughestFirst => _order.AsSpan(0, Maps.Units.Length);

    /// <summary>
    /// What a group has in question. Sums are infinite for what is settled: above for no match, below for a match.
    /// </summary>
    /// <param name="group">Which group.</param>
    /// <returns>The candidates, to be read and written anew.</returns>
    public Candidates Candidates(int group) => new(
        _candidates.AsSpan(group * _anchors, _anchors),
        _sums.AsSpan(group * _anchors, _anchors),
        _margins.AsSpan(group * _anchors, _anchors),
        ref _counts[group]);

    /// <summary>The roughness of the four maps of a group, unit by unit: of the values and then of the logarithms.</summary>
    /// <param name="group">Which group.</param>
    /// <returns>Two per unit.</returns>
    public ReadOnlySpan<Vector128<float>> Roughness(int group) =>
        _roughness.AsSpan(group * 2 * Maps.Units.Length, 2 * Maps.Units.Length);

    /// <summary>Takes some maps in and prepares them; no anchor is in question yet.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="order">Their order.</param>
    /// <param name="first">Place in the order of the first of the block.</param>
    /// <param name="count">How many, at most <see cref="Largest"/>.</param>
    /// <param name="anchors">Number of anchors.</param>
    /// <param name="zeros">What a value of exactly 0 does.</param>
    public void Load(MapRows maps, MapOrder order, int first, int count, int anchors, ZeroAttention zeros)
    {
        (First, Count, _anchors) = (first, count, anchors);
        Array.Clear(_counts);
        Maps.Reset(Groups * JeffreysTile.Maps, maps.Height, maps.Width);
        MakeRoom(Maps.Units.Length);
        for (int i = 0; i < Maps.Count; i++)
        {
            Maps.Set(i, maps.Row(order.MapAt(first + Math.Min(i, count - 1))), zeros);
        }

        GatherRoughness(Maps.Units.Length);
    }

    private void MakeRoom(int units)
    {
        if (_candidates.Length < Largest / JeffreysTile.Maps * _anchors)
        {
            _candidates = new int[Largest / JeffreysTile.Maps * _anchors];
            _sums = new Vector128<float>[_candidates.Length];
            _margins = new Vector128<float>[_candidates.Length];
        }

        if (_order.Length < units)
        {
            _order = new int[units];
            _weights = new float[units];
            _roughness = new Vector128<float>[Largest / JeffreysTile.Maps * 2 * units];
        }
    }

    private void GatherRoughness(int units)
    {
        Span<float> weights = _weights.AsSpan(0, units);
        weights.Clear();
        for (int group = 0; group < Groups; group++)
        {
            Span<Vector128<float>> both = _roughness.AsSpan(group * 2 * units, 2 * units);
            for (int i = 0; i < units; i++)
            {
                int chunk = i / ChunkRows.Length;
                both[2 * i] = Four(4 * group, (2 * chunk * ChunkRows.Length) + (i % ChunkRows.Length));
                both[(2 * i) + 1] = Four(4 * group, (((2 * chunk) + 1) * ChunkRows.Length) + (i % ChunkRows.Length));
                weights[i] -= Vector128.Dot(both[2 * i], both[(2 * i) + 1]);
            }
        }

        Span<int> order = _order.AsSpan(0, units);
        for (int i = 0; i < units; i++)
        {
            order[i] = i;
        }

        weights.Sort(order);
    }

    private Vector128<float> Four(int map, int place) => Vector128.Create(
        Maps.Roughness.Row(map)[place],
        Maps.Roughness.Row(map + 1)[place],
        Maps.Roughness.Row(map + 2)[place],
        Maps.Roughness.Row(map + 3)[place]);
}
