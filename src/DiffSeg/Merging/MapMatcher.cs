using System.Numerics;

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
    /// Tokens between two looks at the partial sums: the stretches of the anchors still in question fit a core's cache.
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
                for (int level = 1; level < _anchors.Levels.Length - 1; level++)
                {
                    TestCells(block, pair, level);
                }
            }

            // All pairs take one stretch before any takes the next, which fits the cache then.
            int tokens = _anchors.Tokens.Padded;
            for (int start = 0; start < tokens; start += Stretch)
            {
                for (int pair = 0; pair < block.Pairs; pair++)
                {
                    TestTokens(block, pair, start, Math.Min(Stretch, tokens - start));
                }
            }

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
        float one = settledOne ? float.PositiveInfinity : 0;
        float other = settledOther ? float.PositiveInfinity : 0;
        block.CandidateCounts[pair] = 0;
        if (_anchors.Levels.Length == 1)
        {
            for (int anchor = 0; anchor < _anchors.Count; anchor++)
            {
                if (!_anchors.IsExcluded(anchor))
                {
                    Keep(block, pair, anchor, one, other);
                }
            }

            return;
        }

        PyramidLevel coarsest = block.Maps.Levels[0];
        float limit = _never / coarsest.TokensPerCell * (1 + CellRounding);
        for (int first = 0; first < _anchors.Count; first += JeffreysColumns.Anchors)
        {
            (uint withinOne, uint withinOther) = _columns.Within(first, coarsest.Cells, map, limit);
            uint within = (settledOne ? 0 : withinOne) | (settledOther ? 0 : withinOther);
            for (; within != 0; within &= within - 1)
            {
                block.Keep(pair, first + BitOperations.TrailingZeroCount(within), one, other);
            }
        }
    }

    /// <summary>Settles what the bounds of one level of cells can settle.</summary>
    private void TestCells(MapBlock block, int pair, int level)
    {
        PyramidLevel anchors = _anchors.Levels[level];
        PyramidLevel maps = block.Maps.Levels[level];
        int map = pair * JeffreysTile.Maps;
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> sums = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Span<float> margins = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        int count = block.StartAgain(pair);
        for (int first = 0; first < count; first += JeffreysTile.Anchors)
        {
            int group = block.Four(pair, first, count, four);
            JeffreysTile.Sums(anchors.Cells, four, maps.Cells, map, 0, maps.Cells.Padded, sums);
            JeffreysTile.Sums(anchors.Roughness, four, maps.Roughness, map, 0, maps.Roughness.Padded, margins);
            for (int k = 0; k < group; k++)
            {
                (float one, float other) = block.SumsOf(pair, first + k);
                Keep(
                    block,
                    pair,
                    four[k],
                    Bound(one, maps.TokensPerCell * sums[2 * k], margins[2 * k]),
                    Bound(other, maps.TokensPerCell * sums[(2 * k) + 1], margins[(2 * k) + 1]));
            }
        }
    }

    /// <summary>Infinite where the bounds settle what was not settled before, else 0.</summary>
    private float Bound(float soFar, float sum, float margin)
    {
        if (float.IsInfinity(soFar))
        {
            return soFar;
        }

        // Terms of either sign add up here, to at most |sum| + 2 margin in absolute value.
        float rounding = CellRounding * (Math.Abs(sum) + (2 * margin));
        return sum - margin - rounding > _never ? float.PositiveInfinity
            : sum + margin + rounding < _surely ? float.NegativeInfinity
            : 0;
    }

    /// <summary>Adds a stretch of tokens to the sums, and settles those beyond the threshold.</summary>
    private void TestTokens(MapBlock block, int pair, int start, int length)
    {
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        int count = block.StartAgain(pair);
        for (int first = 0; first < count; first += JeffreysTile.Anchors)
        {
            int group = block.Four(pair, first, count, four);
            JeffreysTile.Sums(_anchors.Tokens, four, block.Maps.Tokens, pair * JeffreysTile.Maps, start, length, added);
            for (int k = 0; k < group; k++)
            {
                (float one, float other) = block.SumsOf(pair, first + k);
                Keep(block, pair, four[k], Sum(one, added[2 * k]), Sum(other, added[(2 * k) + 1]));
            }
        }
    }

    private float Sum(float soFar, float added) =>
        float.IsInfinity(soFar) ? soFar
        : soFar + added > _never ? float.PositiveInfinity
        : soFar + added;

    /// <summary>Keeps an anchor in question, unless both maps of the pair are settled.</summary>
    private void Keep(MapBlock block, int pair, int anchor, float one, float other)
    {
        if (float.IsInfinity(one) && float.IsInfinity(other))
        {
            Mark(block, pair, anchor, one, other);
        }
        else
        {
            block.Keep(pair, anchor, one, other);
        }
    }

    /// <summary>Decides what the whole sums left in question.</summary>
    private void Decide(MapBlock block, int pair)
    {
        int count = block.CandidateCounts[pair];
        for (int i = 0; i < count; i++)
        {
            (float one, float other) = block.SumsOf(pair, i);
            Mark(block, pair, block.Candidates(pair)[i], one, other);
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
