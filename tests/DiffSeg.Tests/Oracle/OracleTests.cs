using CsCheck;

namespace DiffSeg.Tests.Oracle;

/// <summary>The fast code against the formulas, on random pictures.</summary>
public class OracleTests
{
    private static readonly AttentionShape[][] Ladders =
    [
        [new(1, 12, 12), new(2, 6, 6), new(1, 3, 3)],
        [new(1, 8, 12), new(1, 4, 6)],
        [new(3, 10, 10)],
        [new(1, 9, 9), new(1, 9, 9), new(2, 9, 9), new(1, 3, 3)],
        [new(2, 5, 7), new(1, 10, 14)],
        [new(1, 8, 8), new(1, 3, 3)],
    ];

    [Fact]
    public void Aggregation_is_that_of_the_formula() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, Ladders.Length - 1]).Sample((seed, ladder) =>
        {
            AttentionShape[] shapes = Ladders[ladder];
            double[,] expected = NaiveDiffSeg.Aggregate([.. shapes.Zip(RandomAttention.Ladder(seed, shapes))]);
            using AggregatedAttention actual = RandomAttention.Aggregate(seed, shapes);
            for (int i = 0; i < actual.Tokens; i++)
            {
                for (int j = 0; j < actual.Tokens; j++)
                {
                    Assert.Equal(expected[i, j], actual.Map(i)[j], 1e-6 * expected[i, j]);
                }
            }
        }, iter: 30);

    [Fact]
    public void Proposals_and_mask_are_those_of_the_formula() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, Ladders.Length - 1], Gen.Float[0.02f, 0.6f]).Sample((seed, ladder, threshold) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, Ladders[ladder]);
            double[][] maps = [.. Enumerable.Range(0, attention.Tokens)
                .Select(i => attention.Map(i).ToArray().Select(v => (double)v).ToArray())];
            int[] anchors = SamplingGrid.Anchors(attention.Height, attention.Width, 5);
            float[] thresholds = [threshold, threshold, threshold / 2];
            (List<double[]> expected, double gap) = NaiveDiffSeg.Merge(maps, anchors, thresholds);
            if (gap < 1e-6)
            {
                return; // Single precision proposals may decide the other way.
            }

            MaskGrid grid = new(23, 31, 0.3, -0.7, attention.Height - 1.1, attention.Width + 1.9);
            Segmentation actual = new DiffSegSegmenter(new DiffSegOptions
            {
                KlThresholds = thresholds,
                AnchorsPerSide = 5,
                LabelOrder = LabelOrder.Proposal,
            }).Segment(attention, grid);
            Assert.Equal(expected.Count, actual.Proposals.Count);
            for (int k = 0; k < expected.Count; k++)
            {
                for (int i = 0; i < attention.Tokens; i++)
                {
                    Assert.Equal(expected[k][i], actual.Proposals.Map(k)[i], 2e-6 * expected[k][i]);
                }
            }

            (int Label, double Lead)[] labels = NaiveDiffSeg.Label(expected, attention.Height, attention.Width, grid);
            for (int i = 0; i < labels.Length; i++)
            {
                Assert.True(labels[i].Lead < 1e-5 || labels[i].Label == actual.Labels[i], $"Pixel {i} differs.");
            }
        }, iter: 60);
}
