using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Finds all pairs of an anchor and a map whose distance is below a threshold.</summary>
/// <remarks>
/// A pair is settled by the first test that can: bounds of the distance from ever finer cells (see
/// <see cref="PreparedMaps"/>); the partial sum of the distance, stretch by stretch, a lower bound too; the whole sum. Within rounding of the
/// threshold, the double precision sum decides, so that the result is the same on every machine. Keeps its buffers; for
/// one call at a time.
/// </remarks>
internal sealed class MapMatcher
{
    /// <summary>
    /// Tokens or cells between two looks at the partial sums: long enough for the looks to cost little, short enough for the
    /// stretches of the anchors in question to stay in the cache from one group of maps to the next.
    /// </summary>
    private const int Stretch = 1024;

    /// <summary>Anchors prepared at a time, which bounds the memory.</summary>
    private const int Batch = 512;

    /// <summary>Relative rounding of the sums over cells; 87 roundings of 2^-24 in a row make 5.2e-6.</summary>
    private const float CellRounding = 2e-5f;

    private static readonly Spares<MapBlock> Blocks = new();

    private readonly PreparedMaps _anchors = new(negateRoughness: true);
    private readonly AnchorColumns _columns = new();
    private readonly Action<int, int> _matchRange;
    private MapRows _maps;
    private int[] _anchorIndex = [];
    private int _firstAnchor;
    private MatchSettings _settings;
    private double _threshold;
    private float _surely;
    private float _never;
    private MatchMatrix _matches = null!;

    /// <summary>A matcher, to be used again and again.</summary>
    public MapMatcher() => _matchRange = MatchRange;

    /// <summary>Compares some of the maps, the anchors, with all of them.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="anchors">Indices of the anchors.</param>
    /// <param name="anchorCount">How many of them count.</param>
    /// <param name="threshold">A pair matches when its distance is below this (strictly).</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="matches">The matches, one row per anchor; what it held is lost.</param>
    /// <param name="cancellationToken">Looked at every 64 maps.</param>
    public void Match(
        MapRows maps,
        int[] anchors,
        int anchorCount,
        float threshold,
        MatchSettings settings,
        MatchMatrix matches,
        CancellationToken cancellationToken)
    {
        matches.Reset(anchorCount, maps.Count);
        (_maps, _anchorIndex, _settings, _threshold, _matches) = (maps, anchors, settings, threshold, matches);

        // The sums are twice the distance.
        double band = JeffreysDistance.Uncertainty(threshold, maps.Mass);
        _surely = (float)(2 * (threshold - band));
        _never = (float)(2 * (threshold + band));
        for (_firstAnchor = 0; _firstAnchor < anchorCount; _firstAnchor += Batch)
        {
            PrepareAnchors(Math.Min(Batch, anchorCount - _firstAnchor));

            // Ranges of whole words of the result: no word is written by two threads.
            RowParallel.For(
                maps.Count, MatchMatrix.WordSize, settings.MaxDegreeOfParallelism, _matchRange, cancellationToken);
        }

        _maps = default;
    }

    private void PrepareAnchors(int count)
    {
        _anchors.Reset(count, _maps.Height, _maps.Width);
        for (int i = 0; i < count; i++)
        {
            _anchors.Set(i, _maps.Row(_anchorIndex[_firstAnchor + i]), _settings.Zeros);
        }

        if (_anchors.Levels.Length > 1)
        {
            _columns.Take(_anchors);
        }
    }

    private void MatchRange(int from, int to)
    {
        MapBlock block = Blocks.Take();
        int size = MapBlock.SizeFor(_maps.Tokens);
        for (int first = from; first < to; first += size)
        {
            block.Load(_maps, first, Math.Min(size, to - first), _anchors.Count, _settings.Zeros);
            for (int group = 0; group < block.Groups; group++)
            {
                ListCandidates(block, group);
            }

            for (int level = 1; level < _anchors.Levels.Length - 1; level++)
            {
                AddSums(block, level, limit: float.PositiveInfinity);
                for (int group = 0; group < block.Groups; group++)
                {
                    Settle(block, group, level);
                }
            }

            AddSums(block, _anchors.Levels.Length - 1, limit: _never);
            for (int group = 0; group < block.Groups; group++)
            {
                Decide(block, group);
            }
        }

        Blocks.Return(block);
    }

    /// <summary>Puts in question what the coarsest level does not rule out, and settles the maps that match nothing.</summary>
    private void ListCandidates(MapBlock block, int group)
    {
        int map = group * JeffreysTile.Maps;
        Vector128<float> settled = Vector128<float>.Zero;
        for (int i = 0; i < JeffreysTile.Maps; i++)
        {
            if (map + i >= block.Count || block.Maps.IsExcluded(map + i))
            {
                settled = settled.WithElement(i, float.PositiveInfinity);
            }
        }

        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < _anchors.Count; first += JeffreysColumns.Anchors)
        {
            uint within = Within(block, map, first, settled);
            for (; within != 0; within &= within - 1)
            {
                candidates.Keep(first + BitOperations.TrailingZeroCount(within), settled);
            }
        }

        candidates.Close();
    }

    /// <summary>Which of 32 anchors the coarsest level does not rule out for all of four maps.</summary>
    private uint Within(MapBlock block, int map, int first, Vector128<float> settled)
    {
        uint within = 0;
        if (_anchors.Levels.Length == 1)
        {
            for (int i = 0; i < Math.Min(JeffreysColumns.Anchors, _anchors.Count - first); i++)
            {
                within |= _anchors.IsExcluded(first + i) ? 0 : 1u << i;
            }

            return settled == Vector128.Create(float.PositiveInfinity) ? 0 : within;
        }

        PyramidLevel coarsest = block.Maps.Levels[0];
        float limit = _never / coarsest.TokensPerCell * (1 + CellRounding);
        for (int i = 0; i < JeffreysTile.Maps; i += 2)
        {
            (uint one, uint other) = _columns.Within(first, coarsest.Cells, map + i, limit);
            within |= (float.IsInfinity(settled[i]) ? 0 : one) | (float.IsInfinity(settled[i + 1]) ? 0 : other);
        }

        return within;
    }

    /// <summary>
    /// Sums a level for all candidates; all maps of the block take one stretch before any takes the next. A sum beyond the
    /// limit is settled.
    /// </summary>
    private void AddSums(MapBlock block, int level, float limit)
    {
        int length = _anchors.Levels[level].Cells.Padded;
        for (int start = 0; start < length; start += Stretch)
        {
            for (int group = 0; group < block.Groups; group++)
            {
                AddSums(block, group, level, start, Math.Min(Stretch, length - start), limit);
            }
        }
    }

    private void AddSums(MapBlock block, int group, int level, int start, int length, float limit)
    {
        LogRows anchors = _anchors.Levels[level].Cells;
        LogRows maps = block.Maps.Levels[level].Cells;
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int count = candidates.Four(first, four);
            JeffreysTile.Sums(anchors, four, maps, group * JeffreysTile.Maps, start, length, added);
            for (int k = 0; k < count; k++)
            {
                (int anchor, Vector128<float> soFar) = candidates.At(first + k);
                Vector128<float> sums = soFar + Vector128.Create<float>(added.Slice(4 * k, 4));
                sums = Select(Vector128.GreaterThan(sums, Vector128.Create(limit)), float.PositiveInfinity, sums);
                Keep(ref candidates, block, group, anchor, Select(IsSettled(soFar), soFar, sums));
            }
        }

        candidates.Close();
    }

    /// <summary>Settles what the bounds of one level can settle; what is left starts from 0 at the next.</summary>
    private void Settle(MapBlock block, int group, int level)
    {
        LogRows anchors = _anchors.Levels[level].Roughness;
        LogRows maps = block.Maps.Levels[level].Roughness;
        float scale = _anchors.Levels[level].TokensPerCell;
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> margins = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int count = candidates.Four(first, four);
            JeffreysTile.Sums(anchors, four, maps, group * JeffreysTile.Maps, 0, maps.Padded, margins);
            for (int k = 0; k < count; k++)
            {
                (int anchor, Vector128<float> sums) = candidates.At(first + k);
                Vector128<float> bound = Bound(scale * sums, Vector128.Create<float>(margins.Slice(4 * k, 4)));
                Keep(ref candidates, block, group, anchor, Select(IsSettled(sums), sums, bound));
            }
        }

        candidates.Close();
    }

    /// <summary>Infinite where the bounds settle a sum, else 0.</summary>
    private Vector128<float> Bound(Vector128<float> sums, Vector128<float> margins)
    {
        // Terms of either sign add up here, to at most |sum| + 2 margin in absolute value.
        margins += CellRounding * (Vector128.Abs(sums) + (2 * margins));
        Vector128<float> beyond = Vector128.GreaterThan(sums - margins, Vector128.Create(_never));
        Vector128<float> below = Vector128.LessThan(sums + margins, Vector128.Create(_surely));
        return (beyond & Vector128.Create(float.PositiveInfinity)) | (below & Vector128.Create(float.NegativeInfinity));
    }

    private static Vector128<float> IsSettled(Vector128<float> sums) =>
        Vector128.Equals(Vector128.Abs(sums), Vector128.Create(float.PositiveInfinity));

    private static Vector128<float> Select(Vector128<float> condition, float chosen, Vector128<float> other) =>
        Select(condition, Vector128.Create(chosen), other);

    private static Vector128<float> Select(Vector128<float> condition, Vector128<float> chosen, Vector128<float> other) =>
        Vector128.ConditionalSelect(condition, chosen, other);

    /// <summary>Keeps an anchor in question, unless all four maps are settled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(ref Candidates candidates, MapBlock block, int group, int anchor, Vector128<float> sums)
    {
        if (IsSettled(sums).AsInt32() != Vector128<int>.AllBitsSet)
        {
            candidates.Keep(anchor, sums);
        }
        else if (sums != Vector128.Create(float.PositiveInfinity))
        {
            Mark(block, group, anchor, sums);
        }
    }

    /// <summary>Decides what the whole sums left in question.</summary>
    private void Decide(MapBlock block, int group)
    {
        Candidates candidates = block.Candidates(group);
        for (int i = 0; i < candidates.Count; i++)
        {
            (int anchor, Vector128<float> sums) = candidates.At(i);
            Mark(block, group, anchor, sums);
        }
    }

    private void Mark(MapBlock block, int group, int anchor, Vector128<float> sums)
    {
        int map = block.First + (group * JeffreysTile.Maps);
        for (int i = 0; i < JeffreysTile.Maps; i++)
        {
            if (sums[i] < _surely || (sums[i] <= _never && IsBelow(anchor, map + i)))
            {
                _matches.Set(_firstAnchor + anchor, map + i);
            }
        }
    }

    private bool IsBelow(int anchor, int map) =>
        JeffreysDistance.Accurate(_maps.Row(_anchorIndex[_firstAnchor + anchor]), _maps.Row(map)) < _threshold;
}
