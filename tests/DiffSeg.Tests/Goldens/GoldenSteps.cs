namespace DiffSeg.Tests.Goldens;

/// <summary>The steps before the mask, each within the tolerance of the goldens' README.</summary>
internal sealed class GoldenSteps(NumpyArchive expected, AggregatedAttention attention)
{
    private readonly int _tokens = attention.Tokens;

    public void CheckGrid(int[] anchors)
    {
        int[] grid = expected["grid"].ToInts();
        Assert.Equal(grid, anchors.SelectMany(a => new[] { a / attention.Width, a % attention.Width }));
    }

    public void CheckAggregation()
    {
        int[] indices = expected["agg_row_index"].ToInts();
        float[] rows = expected["agg_rows"].ToSingles();
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<float> row = rows.AsSpan(i * _tokens, _tokens);
            Close(row, attention.Map(indices[i]), 5e-6 * Max(row), 0, $"aggregated row {indices[i]}");
        }

        double[] rowSums = new double[_tokens];
        double[] columnSums = new double[_tokens];
        ReadOnlySpan<float> values = attention.Values;
        for (int i = 0; i < values.Length; i++)
        {
            rowSums[i / _tokens] += values[i];
            columnSums[i % _tokens] += values[i];
        }

        Close(expected["agg_row_sums"].ToDoubles(), rowSums, 0, 1e-5, "row sums");
        Close(expected["agg_col_sums"].ToDoubles(), columnSums, 0, 1e-5, "column sums");
    }

    /// <remarks>
    /// The README's tolerance of 2e-6 is that of the distance, given the aggregate: it is asked of the stored rows. From
    /// our own aggregate the rounding of the reference's comes on top, whose rows sum to 1 within 1e-6 only: that moves
    /// a distance of 10 by up to 5e-6.
    /// </remarks>
    public void CheckDistances(int[] anchors)
    {
        int[] indices = expected["kl0_row_index"].ToInts();
        double[] rows = expected["kl0_rows"].ToDoubles();
        int[] stored = expected["agg_row_index"].ToInts();
        float[] storedRows = expected["agg_rows"].ToSingles();
        Dictionary<int, int> positions = stored.Index().ToDictionary(p => p.Item, p => p.Index);
        for (int i = 0; i < indices.Length; i++)
        {
            int anchor = anchors[indices[i]];
            for (int map = 0; map < _tokens; map++)
            {
                double golden = rows[(i * _tokens) + map];
                CheckDistance(golden, attention.Map(anchor), attention.Map(map), 1e-5, $"anchor {indices[i]} to map {map}");
                if (positions.TryGetValue(anchor, out int a) && positions.TryGetValue(map, out int m))
                {
                    CheckDistance(
                        golden,
                        storedRows.AsSpan(a * _tokens, _tokens),
                        storedRows.AsSpan(m * _tokens, _tokens),
                        2e-6,
                        $"stored rows, anchor {indices[i]} to map {map}");
                }
            }
        }
    }

    public void CheckFirstIteration(RecordedIteration first, int[] anchors, float threshold)
    {
        byte[] bits = expected["match0_bits"].ToBytes();
        int[] counts = expected["match0_count"].ToInts();
        int[] near = expected["match0_near_count"].ToInts();
        int bytes = (_tokens + 7) / 8;
        for (int anchor = 0; anchor < anchors.Length; anchor++)
        {
            int flips = 0;
            for (int map = 0; map < _tokens; map++)
            {
                bool golden = Bit(bits, (anchor * bytes) + (map / 8), map);
                if (golden != first.Matches[anchor, map])
                {
                    double distance = JeffreysDistance.Accurate(attention.Map(anchors[anchor]), attention.Map(map));
                    Assert.True(
                        Math.Abs(distance - threshold) < 1e-5,
                        $"Anchor {anchor} and map {map} lie {distance} apart, and the decision differs.");
                    flips++;
                }
            }

            Assert.True(flips <= near[anchor], $"{flips} decisions of anchor {anchor} differ, {near[anchor]} may.");
            Assert.InRange(first.Matches.CountOf(anchor), counts[anchor] - near[anchor], counts[anchor] + near[anchor]);
        }

        int[] indices = expected["merged0_row_index"].ToInts();
        float[] rows = expected["merged0_rows"].ToSingles();
        for (int i = 0; i < indices.Length; i++)
        {
            if (near[indices[i]] == 0)
            {
                ReadOnlySpan<float> row = rows.AsSpan(i * _tokens, _tokens);
                Close(row, first.Proposals.Row(indices[i]), 0, 1e-5, $"merged anchor {indices[i]}");
            }
        }
    }

    public void CheckLaterIterations(List<RecordedIteration> iterations)
    {
        foreach (RecordedIteration iteration in iterations.Skip(1))
        {
            int[] anchors = expected[$"iter{iteration.Index}_anchor"].ToInts();
            Assert.Equal(anchors, iteration.Anchors);
            byte[] bits = expected[$"iter{iteration.Index}_match_bits"].ToBytes();
            int bytes = (iteration.Matches.Maps + 7) / 8;
            for (int i = 0; i < anchors.Length; i++)
            {
                for (int map = 0; map < iteration.Matches.Maps; map++)
                {
                    Assert.True(
                        Bit(bits, (i * bytes) + (map / 8), map) == iteration.Matches[i, map],
                        $"Iteration {iteration.Index}: proposal {i} and proposal {map} of before are decided differently.");
                }
            }
        }
    }

    public void CheckProposals(string key, ProposalSet proposals)
    {
        NumpyArray golden = expected[key];
        Assert.Equal(golden.Shape, new int[] { proposals.Count, proposals.Tokens });
        Close(golden.ToSingles(), proposals.Values, 0, 1e-5, key);
    }

    private static void CheckDistance(
        double golden, ReadOnlySpan<float> anchor, ReadOnlySpan<float> map, double tolerance, string what)
    {
        double distance = IsExcluded(anchor) || IsExcluded(map) ? double.NaN : JeffreysDistance.Accurate(anchor, map);
        Assert.True(
            double.IsNaN(golden) ? double.IsNaN(distance) : Math.Abs(distance - golden) <= tolerance,
            $"The distance of {what} is {distance}, expected {golden}.");
    }

    private static bool IsExcluded(ReadOnlySpan<float> map) =>
        PreparedMaps.IsExcluded(map, ZeroAttention.MatchesNothing);

    // NumPy packs bits from the highest down.
    private static bool Bit(byte[] bits, int index, int position) => (bits[index] >> (7 - (position % 8)) & 1) != 0;

    private static float Max(ReadOnlySpan<float> row)
    {
        float max = 0;
        foreach (float value in row)
        {
            max = Math.Max(max, value);
        }

        return max;
    }

    private static void Close(
        ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double absolute, double relative, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], absolute, relative, what, i);
        }
    }

    private static void Close(double[] expected, double[] actual, double absolute, double relative, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], absolute, relative, what, i);
        }
    }

    private static void Close(double expected, double actual, double absolute, double relative, string what, int i)
    {
        bool close = double.IsNaN(expected)
            ? double.IsNaN(actual)
            : Math.Abs(expected - actual) <= absolute + (relative * Math.Abs(expected));
        if (!close)
        {
            Assert.Fail($"{what}, element {i}: {actual}, expected {expected}.");
        }
    }
}
