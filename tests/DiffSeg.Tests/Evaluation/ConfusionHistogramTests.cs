using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class ConfusionHistogramTests
{
    private const ushort Ignored = LabelMap.Ignored;

    [Fact]
    public void Counts_pixels_by_class_and_label_without_the_ignored()
    {
        ConfusionHistogram histogram = Histogram([0, 0, 1, Ignored, 1, 0], [0, 3, 3, 0, 3, 0], 2);

        Assert.Equal((2, 4), (histogram.ClassCount, histogram.LabelCount));
        Assert.Equal([2, 0, 0, 1, 0, 0, 0, 2], histogram.Counts.ToArray());
        Assert.Equal([0, 3], histogram.Match());
    }

    [Fact]
    public void Has_a_column_for_a_label_that_only_ignored_pixels_have() =>
        Assert.Equal(10, Histogram([0, Ignored], [0, 9], 2).LabelCount);

    [Fact]
    public void Has_as_many_columns_as_classes() => Assert.Equal(5, Histogram([0, 1], [0, 0], 5).LabelCount);

    [Fact]
    public void Takes_the_highest_label_and_class()
    {
        Assert.Equal(1, Histogram([99], [65535], 100).Counts[^1]);
        Assert.Equal(1, Histogram([999], [9], 1000).Counts[(999 * 1000) + 9]);
        Assert.Throws<EvaluationException>(() => Histogram([65534], [65535], 65535));
    }

    [Fact]
    public void A_class_beyond_the_count_is_named()
    {
        EvaluationException error = Assert.Throws<EvaluationException>(() => Histogram([0, 27], [0, 0], 27));

        Assert.Contains("class 27", error.Message, StringComparison.Ordinal);
        Assert.Contains("27 classes: 0 to 26", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_left_over_are_nobodys_false_positives()
    {
        ConfusionHistogram histogram = Histogram([0, 0, 0, 1, 1, 1], [0, 0, 2, 1, 1, 2], 2);
        ClassCounts counts = new(2);
        counts.Add(histogram, histogram.Match());

        Assert.Equal([2, 2], counts.TruePositives.ToArray());
        Assert.Equal([0, 0], counts.FalsePositives.ToArray());
        Assert.Equal([1, 1], counts.FalseNegatives.ToArray());
        ClassScores scores = counts.Compute();
        Assert.Equal(4.0 / 6, scores.PixelAccuracy);
        Assert.Equal(2.0 / 3, scores.MeanIoU);
    }

    [Fact]
    public void Without_pixels_there_are_no_scores()
    {
        ClassScores scores = new ClassCounts(3).Compute();

        Assert.Null(scores.PixelAccuracy);
        Assert.Null(scores.MeanIoU);
        Assert.All(scores.PerClassIoU, Assert.Null);
    }

    [Fact]
    public void The_sum_of_two_images_is_the_histogram_of_both_in_one() =>
        Gen.Select(Labellings.Of(2, 9), Labellings.Of(2, 5)).Sample((first, second) =>
        {
            ConfusionHistogram sum = Histogram(first.Labels[0], first.Labels[1], 9);
            sum.Add(Histogram(second.Labels[0], second.Labels[1], 9));
            ConfusionHistogram both = Histogram(
                [.. first.Labels[0], .. second.Labels[0]], [.. first.Labels[1], .. second.Labels[1]], 9);

            Assert.Equal(both.Counts.ToArray(), sum.Counts.ToArray());
        });

    [Fact]
    public void The_sum_grows_with_the_labels()
    {
        ConfusionHistogram sum = Histogram([0, 1], [0, 1], 2);
        sum.Add(Histogram([1, 1], [4, 0], 2));
        sum.Add(Histogram([0], [1], 2));

        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 0, 0, 1], sum.Counts.ToArray());
        Assert.Throws<EvaluationException>(() => sum.Add(new ConfusionHistogram(3)));
    }

    [Fact]
    public void Renaming_the_labels_changes_neither_the_matched_pixels_nor_the_scores_of_a_perfect_mask() =>
        Gen.Select(Labellings.Of(1, 4), Gen.Int[0, 1000]).Sample((image, seed) =>
        {
            ushort[] truth = image.Labels[0];
            ConfusionHistogram histogram = Histogram(truth, Labellings.Renamed(truth, seed), 4);
            ClassCounts counts = new(4);
            counts.Add(histogram, histogram.Match());

            Assert.Equal(1, counts.Compute().PixelAccuracy);
            Assert.Equal(1, counts.Compute().MeanIoU);
        });

    private static ConfusionHistogram Histogram(ushort[] truth, ushort[] mask, int classes) =>
        ConfusionHistogram.Of(Labellings.Table(truth, mask), classes);
}
