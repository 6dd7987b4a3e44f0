namespace DiffSeg;

/// <summary>Finds all pairs of an anchor and a map whose distance is below a threshold.</summary>
/// <remarks>
/// A pair is settled by the first of three tests that can: the distance of the cell sums, a lower bound; the partial sum
/// of the distance, stretch by stretch, a lower bound too; the whole sum. Within rounding of the threshold, the double
/// precision sum decides, so that the result is the same on every machine.
/// </remarks>
internal sealed class MapMatcher
{
    /// <summary>
    /// Tokens between two looks at the partial sums: the stretches of the anchors still in question fit a core's cache.
    /// </summary>
    private const int Stretch = 512;

    private readonly PreparedMaps _anchors;
    private readonly int[] _anchorIndex;
    private readonly MapRows _maps;
    private readonly MatchSettings _settings;
    private readonly double _threshold;
    private readonly float _surely;
    private readonly float _never;
    private readonly MatchMatrix _matches;

    private MapMatcher(PreparedMaps anchors, int[] anchorIndex, MapRows maps, float threshold, MatchSettings settings)
    {
        _anchors = anchors;
        _anchorIndex = anchorIndex;
        _maps = maps;
        _settings = settings;
        _threshold = threshold;
        _matches = new MatchMatrix(anchors.Count, maps.Count);

        // The sums are twice the distance.
        double band = JeffreysDistance.Uncertainty(threshold, maps.Mass);
        _surely = (float)(2 * (threshold - band));
        _never = (float)(2 * (threshold + band));
    }

    /// <summary>Compares some of the maps, the anchors, with all of them.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="anchors">Indices of the anchors.</param>
    /// <param name="threshold">A pair matches when its distance is below this (strictly).</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="cancellationToken">Looked at every 64 maps.</param>
    /// <returns>The matches, one row per anchor.</returns>
    public static MatchMatrix Match(
        MapRows maps, int[] anchors, float threshold, MatchSettings settings, CancellationToken cancellationToken)
    {
        using PreparedMaps prepared = PreparedMaps.Of(maps, anchors, settings);
        MapMatcher matcher = new(prepared, anchors, maps, threshold, settings);

        // Ranges of whole words of the result: no word is written by two threads.
        RowParallel.For(
            maps.Count, MatchMatrix.WordSize, settings.MaxDegreeOfParallelism, matcher.MatchRange, cancellationToken);
        return matcher._matches;
    }

    private void MatchRange(int from, int to)
    {
        int anchors = _anchors.Count;
        using Scratch<int> candidateScratch = new((to - from) * anchors);
        using Scratch<float> sumScratch = new((to - from) * anchors);
        Span<int> counts = stackalloc int[MatchMatrix.WordSize];
        for (int map = from; map < to; map++)
        {
            int row = (map - from) * anchors;
            counts[map - from] = QuickTest(_maps.Row(map), candidateScratch.Span.Slice(row, anchors));
        }

        sumScratch.Span.Clear();
        for (int start = 0; start < _maps.Tokens; start += Stretch)
        {
            int length = Math.Min(Stretch, _maps.Tokens - start);
            for (int map = from; map < to; map++)
            {
                int row = (map - from) * anchors;
                ref int count = ref counts[map - from];
                if (count > 0)
                {
                    count = AddStretch(
                        _maps.Row(map).Slice(start, length),
                        start,
                        candidateScratch.Span.Slice(row, count),
                        sumScratch.Span.Slice(row, count));
                }
            }
        }

        for (int map = from; map < to; map++)
        {
            int row = (map - from) * anchors;
            int count = counts[map - from];
            Decide(map, candidateScratch.Span.Slice(row, count), sumScratch.Span.Slice(row, count));
        }
    }

    /// <summary>Lists the anchors that the cell sums do not rule out.</summary>
    private int QuickTest(ReadOnlySpan<float> map, Span<int> candidates)
    {
        if (PreparedMaps.IsExcluded(map, _settings.Zeros))
        {
            return 0;
        }

        int count = 0;
        for (int anchor = 0; anchor < candidates.Length; anchor++)
        {
            if (!_anchors.Excluded[anchor])
            {
                candidates[count++] = anchor;
            }
        }

        if (!_anchors.Cells.Worthwhile)
        {
            return count;
        }

        Span<float> cells = stackalloc float[_anchors.Cells.Count];
        Span<float> values = stackalloc float[_anchors.CellStride];
        Span<float> logs = stackalloc float[_anchors.CellStride];
        _anchors.Cells.Of(map, cells);
        JeffreysDistance.Prepare(cells, values, logs);
        using Scratch<float> sums = new(count);
        sums.Span.Clear();
        return AddSums(
            values,
            logs,
            _anchors.CellValues,
            _anchors.CellLogs,
            _anchors.CellStride,
            start: 0,
            candidates[..count],
            sums.Span);
    }

    private int AddStretch(ReadOnlySpan<float> stretch, int start, Span<int> candidates, Span<float> sums)
    {
        int padded = PreparedMaps.Padded(stretch.Length);
        Span<float> values = stackalloc float[padded];
        Span<float> logs = stackalloc float[padded];
        JeffreysDistance.Prepare(stretch, values, logs);
        return AddSums(values, logs, _anchors.Values, _anchors.Logs, _anchors.Stride, start, candidates, sums);
    }

    /// <summary>Adds to the sums of all candidates and keeps those still below the threshold, in order.</summary>
    private int AddSums(
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> logs,
        ReadOnlySpan<float> anchors,
        ReadOnlySpan<float> anchorLogs,
        int stride,
        int start,
        Span<int> candidates,
        Span<float> sums)
    {
        Span<int> starts = stackalloc int[JeffreysSums.Group];
        Span<float> added = stackalloc float[JeffreysSums.Group];
        int kept = 0;
        for (int first = 0; first < candidates.Length; first += JeffreysSums.Group)
        {
            int group = Math.Min(JeffreysSums.Group, candidates.Length - first);
            for (int k = 0; k < JeffreysSums.Group; k++)
            {
                starts[k] = (candidates[first + Math.Min(k, group - 1)] * stride) + start;
            }

            JeffreysSums.Four(values, logs, anchors, anchorLogs, starts, added);
            for (int k = 0; k < group; k++)
            {
                float sum = sums[first + k] + added[k];
                if (sum <= _never)
                {
                    candidates[kept] = candidates[first + k];
                    sums[kept++] = sum;
                }
            }
        }

        return kept;
    }

    private void Decide(int map, ReadOnlySpan<int> candidates, ReadOnlySpan<float> sums)
    {
        for (int i = 0; i < candidates.Length; i++)
        {
            int anchor = candidates[i];
            bool match = sums[i] < _surely
                || JeffreysDistance.Accurate(_maps.Row(_anchorIndex[anchor]), _maps.Row(map)) < _threshold;
            if (match)
            {
                _matches.Set(anchor, map);
            }
        }
    }
}
