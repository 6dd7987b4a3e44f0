namespace DiffSeg;

/// <summary>Finds all pairs of an anchor and a map whose distance is below a threshold.</summary>
/// <remarks>
/// A pair is settled by the first test that can: the distances of the maps summed over ever finer cells, lower bounds;
/// the partial sum of the distance, stretch by stretch, a lower bound too; the whole sum. Within rounding of the
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

    private static readonly Spares<MapBlock> Blocks = new();

    private readonly PreparedMaps _anchors = new();
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
    }

    private void MatchRange(int from, int to)
    {
        MapBlock block = Blocks.Take();
        for (int first = from; first < to; first += MapBlock.Size)
        {
            block.Load(_maps, first, Math.Min(MapBlock.Size, to - first), _anchors.Count, _settings.Zeros);
            ListCandidates(block);
            for (int level = 0; level < _anchors.Levels.Length - 1; level++)
            {
                Test(block, level, 0, _anchors.Levels[level].Stride, fresh: true);
            }

            int tokens = _anchors.Tokens.Stride;
            for (int start = 0; start < tokens; start += Stretch)
            {
                Test(block, _anchors.Levels.Length - 1, start, Math.Min(Stretch, tokens - start), fresh: start == 0);
            }

            Decide(block);
        }

        Blocks.Return(block);
    }

    private void ListCandidates(MapBlock block)
    {
        for (int pair = 0; pair < block.Pairs; pair++)
        {
            int count = 0;
            int map = pair * JeffreysTile.Maps;
            if (!block.Maps.IsExcluded(map) || !block.Maps.IsExcluded(map + 1))
            {
                Span<int> candidates = block.Candidates(pair);
                for (int anchor = 0; anchor < _anchors.Count; anchor++)
                {
                    if (!_anchors.IsExcluded(anchor))
                    {
                        candidates[count++] = anchor;
                    }
                }
            }

            block.CandidateCounts[pair] = count;
        }
    }

    /// <summary>Sums a stretch of one level for all candidates of all pairs, and drops those beyond the threshold.</summary>
    private void Test(MapBlock block, int level, int start, int length, bool fresh)
    {
        LogRows anchors = _anchors.Levels[level];
        LogRows maps = block.Maps.Levels[level];
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        for (int pair = 0; pair < block.Pairs; pair++)
        {
            Span<int> candidates = block.Candidates(pair);
            Span<float> sums = block.Sums(pair);
            int count = block.CandidateCounts[pair];
            int kept = 0;
            for (int first = 0; first < count; first += JeffreysTile.Anchors)
            {
                int group = Math.Min(JeffreysTile.Anchors, count - first);
                for (int k = 0; k < JeffreysTile.Anchors; k++)
                {
                    four[k] = candidates[first + Math.Min(k, group - 1)];
                }

                JeffreysTile.Sums(anchors, four, maps, pair * JeffreysTile.Maps, start, length, added);
                for (int k = 0; k < group; k++)
                {
                    int before = (first + k) * JeffreysTile.Maps;
                    float one = added[2 * k] + (fresh ? 0 : sums[before]);
                    float other = added[(2 * k) + 1] + (fresh ? 0 : sums[before + 1]);
                    if (one <= _never || other <= _never)
                    {
                        candidates[kept] = four[k];
                        sums[2 * kept] = one;
                        sums[(2 * kept) + 1] = other;
                        kept++;
                    }
                }
            }

            block.CandidateCounts[pair] = kept;
        }
    }

    private void Decide(MapBlock block)
    {
        for (int i = 0; i < block.Count; i++)
        {
            if (block.Maps.IsExcluded(i))
            {
                continue;
            }

            int pair = i / JeffreysTile.Maps;
            ReadOnlySpan<int> candidates = block.Candidates(pair)[..block.CandidateCounts[pair]];
            ReadOnlySpan<float> sums = block.Sums(pair);
            for (int k = 0; k < candidates.Length; k++)
            {
                float sum = sums[(2 * k) + (i % JeffreysTile.Maps)];
                if (sum < _surely || (sum <= _never && IsMatch(candidates[k], block.First + i)))
                {
                    _matches.Set(_firstAnchor + candidates[k], block.First + i);
                }
            }
        }
    }

    private bool IsMatch(int anchor, int map) =>
        JeffreysDistance.Accurate(_maps.Row(_anchorIndex[_firstAnchor + anchor]), _maps.Row(map)) < _threshold;
}
