using System.Numerics;
using System.Runtime.CompilerServices;

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
    /// stretches of the anchors in question to stay in the cache from one pair of maps to the next.
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
            for (int pair = 0; pair < block.Pairs; pair++)
            {
                ListCandidates(block, pair);
            }

            for (int level = 1; level < _anchors.Levels.Length - 1; level++)
            {
                AddSums(block, level, limit: float.PositiveInfinity);
                for (int pair = 0; pair < block.Pairs; pair++)
                {
                    Settle(block, pair, level);
                }
            }

            AddSums(block, _anchors.Levels.Length - 1, limit: _never);
            for (int pair = 0; pair < block.Pairs; pair++)
            {
                Decide(block, pair);
            }
        }

        Blocks.Return(block);
    }

    /// <summary>Puts in question what the coarsest level does not rule out, and settles the maps that match nothing.</summary>
    private void ListCandidates(MapBlock block, int pair)
    {
        int map = pair * JeffreysTile.Maps;
        bool settledOne = block.Maps.IsExcluded(map);
        bool settledOther = map + 1 == block.Count || block.Maps.IsExcluded(map + 1);
        if (settledOne && settledOther)
        {
            return;
        }

        float one = settledOne ? float.PositiveInfinity : 0;
        float other = settledOther ? float.PositiveInfinity : 0;
        Candidates candidates = block.Candidates(pair);
        if (_anchors.Levels.Length == 1)
        {
            for (int anchor = 0; anchor < _anchors.Count; anchor++)
            {
                if (!_anchors.IsExcluded(anchor))
                {
                    candidates.Keep(anchor, one, other);
                }
            }
        }
        else
        {
            PyramidLevel coarsest = block.Maps.Levels[0];
            float limit = _never / coarsest.TokensPerCell * (1 + CellRounding);
            for (int first = 0; first < _anchors.Count; first += JeffreysColumns.Anchors)
            {
                (uint withinOne, uint withinOther) = _columns.Within(first, coarsest.Cells, map, limit);
                uint within = (settledOne ? 0 : withinOne) | (settledOther ? 0 : withinOther);
                for (; within != 0; within &= within - 1)
                {
                    candidates.Keep(first + BitOperations.TrailingZeroCount(within), one, other);
                }
            }
        }

        candidates.Close();
    }

    /// <summary>
    /// Sums a level for all candidates of all pairs; all pairs take one stretch before any takes the next. A sum beyond the
    /// limit is settled.
    /// </summary>
    private void AddSums(MapBlock block, int level, float limit)
    {
        int length = _anchors.Levels[level].Cells.Padded;
        for (int start = 0; start < length; start += Stretch)
        {
            for (int pair = 0; pair < block.Pairs; pair++)
            {
                AddSums(block, pair, level, start, Math.Min(Stretch, length - start), limit);
            }
        }
    }

    private void AddSums(MapBlock block, int pair, int level, int start, int length, float limit)
    {
        LogRows anchors = _anchors.Levels[level].Cells;
        LogRows maps = block.Maps.Levels[level].Cells;
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Candidates candidates = block.Candidates(pair);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int group = candidates.Four(first, four);
            JeffreysTile.Sums(anchors, four, maps, pair * JeffreysTile.Maps, start, length, added);
            for (int k = 0; k < group; k++)
            {
                (int anchor, float one, float other) = candidates.At(first + k);
                one = Add(one, added[2 * k], limit);
                other = Add(other, added[(2 * k) + 1], limit);
                Keep(ref candidates, block, pair, anchor, one, other);
            }
        }

        candidates.Close();
    }

    private static float Add(float soFar, float added, float limit) =>
        float.IsInfinity(soFar) ? soFar
        : soFar + added > limit ? float.PositiveInfinity
        : soFar + added;

    /// <summary>Settles what the bounds of one level can settle; what is left starts from 0 at the next.</summary>
    private void Settle(MapBlock block, int pair, int level)
    {
        LogRows anchors = _anchors.Levels[level].Roughness;
        LogRows maps = block.Maps.Levels[level].Roughness;
        float scale = _anchors.Levels[level].TokensPerCell;
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> margins = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Candidates candidates = block.Candidates(pair);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int group = candidates.Four(first, four);
            JeffreysTile.Sums(anchors, four, maps, pair * JeffreysTile.Maps, 0, maps.Padded, margins);
            for (int k = 0; k < group; k++)
            {
                (int anchor, float one, float other) = candidates.At(first + k);
                one = Bound(scale * one, margins[2 * k]);
                other = Bound(scale * other, margins[(2 * k) + 1]);
                Keep(ref candidates, block, pair, anchor, one, other);
            }
        }

        candidates.Close();
    }

    /// <summary>Infinite where the sum was settled before or its bounds settle it, else 0.</summary>
    private float Bound(float sum, float margin)
    {
        if (float.IsInfinity(sum))
        {
            return sum;
        }

        // Terms of either sign add up here, to at most |sum| + 2 margin in absolute value.
        float rounding = CellRounding * (Math.Abs(sum) + (2 * margin));
        return sum - margin - rounding > _never ? float.PositiveInfinity
            : sum + margin + rounding < _surely ? float.NegativeInfinity
            : 0;
    }

    /// <summary>Keeps an anchor in question, unless both maps of the pair are settled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(ref Candidates candidates, MapBlock block, int pair, int anchor, float one, float other)
    {
        if (!float.IsInfinity(one) || !float.IsInfinity(other))
        {
            candidates.Keep(anchor, one, other);
        }
        else if (one < 0 || other < 0)
        {
            Mark(block, pair, anchor, one, other);
        }
    }

    /// <summary>Decides what the whole sums left in question.</summary>
    private void Decide(MapBlock block, int pair)
    {
        Candidates candidates = block.Candidates(pair);
        for (int i = 0; i < candidates.Count; i++)
        {
            (int anchor, float one, float other) = candidates.At(i);
            Mark(block, pair, anchor, one, other);
        }
    }

    private void Mark(MapBlock block, int pair, int anchor, float one, float other)
    {
        int map = block.First + (pair * JeffreysTile.Maps);
        if (IsMatch(one, anchor, map))
        {
            _matches.Set(_firstAnchor + anchor, map);
        }

        if (IsMatch(other, anchor, map + 1))
        {
            _matches.Set(_firstAnchor + anchor, map + 1);
        }
    }

    private bool IsMatch(float sum, int anchor, int map) =>
        sum < _surely || (sum <= _never && IsBelow(anchor, map));

    private bool IsBelow(int anchor, int map) =>
        JeffreysDistance.Accurate(_maps.Row(_anchorIndex[_firstAnchor + anchor]), _maps.Row(map)) < _threshold;
}
