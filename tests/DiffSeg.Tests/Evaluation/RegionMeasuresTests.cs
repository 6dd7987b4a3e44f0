using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class RegionMeasuresTests
{
    private const ushort Ignored = LabelMap.Ignored;

    [Fact]
    public void Agree_with_their_definitions() =>
        Labellings.Of(2).Sample(image =>
        {
            RegionScores scores = Scores(image.Labels[0], image.Labels[1]);

            Assert.Equal(NaiveRegions.RandIndex(image.Labels[0], image.Labels[1]), scores.RandIndex, 1e-12);
            Assert.Equal(NaiveRegions.Covering(image.Labels[0], image.Labels[1]), scores.Covering, 1e-12);
            Assert.Equal(
                NaiveRegions.VariationOfInformation(image.Labels[0], image.Labels[1]), scores.VariationOfInformation, 1e-12);
        });

    [Fact]
    public void The_same_regions_under_any_names_are_perfect() =>
        Gen.Select(Labellings.Of(1), Gen.Int[0, 1000]).Sample((image, seed) =>
            Assert.Equal(
                new RegionScores(1, 0, 1), Scores(image.Labels[0], Labellings.Renamed(image.Labels[0], seed))));

    [Fact]
    public void Names_do_not_matter() =>
        Gen.Select(Labellings.Of(2), Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((image, first, second) =>
        {
            RegionScores scores = Scores(image.Labels[0], image.Labels[1]);
            RegionScores renamed = Scores(
                Labellings.Renamed(image.Labels[0], first), Labellings.Renamed(image.Labels[1], second));

            Assert.Equal(scores.RandIndex, renamed.RandIndex);
            Assert.Equal(scores.Covering, renamed.Covering, 1e-12);
            Assert.Equal(scores.VariationOfInformation, renamed.VariationOfInformation, 1e-12);
        });

    [Fact]
    public void The_variation_of_information_is_a_metric() =>
        Labellings.Of(3).Sample(image =>
        {
            double Distance(int a, int b) => Scores(image.Labels[a], image.Labels[b]).VariationOfInformation;

            Assert.True(Distance(0, 1) >= 0);
            Assert.Equal(Distance(0, 1), Distance(1, 0), 1e-12);
            Assert.True(Distance(0, 2) <= Distance(0, 1) + Distance(1, 2) + 1e-12);
        });

    [Fact]
    public void One_segment_against_two_halves()
    {
        RegionScores scores = Scores([0, 0, 1, 1], [0, 0, 0, 0]);

        Assert.Equal(0.5, scores.Covering);
        Assert.Equal(1, scores.VariationOfInformation);
        Assert.Equal(1.0 / 3, scores.RandIndex, 1e-15);
    }

    [Fact]
    public void Covering_is_that_of_the_truth_by_the_mask()
    {
        // A truth of one region takes the best of the mask's; a mask of one region serves each of the truth's.
        Assert.Equal(0.5, Scores([0, 0, 0, 0], [0, 0, 1, 1]).Covering);
        Assert.Equal((0.75 * (3.0 / 4)) + (0.25 * (1.0 / 4)), Scores([0, 0, 0, 1], [0, 0, 0, 0]).Covering);
        Assert.Equal(3.0 / 4, Scores([0, 0, 0, 0], [0, 0, 0, 1]).Covering);
    }

    [Fact]
    public void Pixels_without_a_class_do_not_count() =>
        Assert.Equal(
            Scores([0, 0, 1], [3, 4, 4]), Scores([0, Ignored, 0, 1, Ignored], [3, 3, 4, 4, 7]));

    [Fact]
    public void Several_annotators_give_the_mean_and_one_without_pixels_is_left_out()
    {
        ushort[] mask = [0, 0, 1, 1];
        ushort[][] annotators = [[0, 0, 1, 1], [0, 0, 0, 0], [Ignored, Ignored, Ignored, Ignored]];

        RegionScores scores = RegionMeasures.Compare(annotators.Select(truth => Labellings.Table(truth, mask)))!.Value;

        Assert.Equal(0.75, scores.Covering);
        Assert.Equal(0.5, scores.VariationOfInformation);
        Assert.Equal((1 + (1.0 / 3)) / 2, scores.RandIndex, 1e-15);
        Assert.Null(RegionMeasures.Compare([Labellings.Table(annotators[2], mask)]));
    }

    [Fact]
    public void Sizes_must_agree()
    {
        EvaluationException error = Assert.Throws<EvaluationException>(
            () => ContingencyTable.Count(new LabelMap(2, 3, new ushort[6]), new ushort[6], 3, 2));

        Assert.Contains("mask has 3 x 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("ground truth 2 x 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<EvaluationException>(
            () => ContingencyTable.Count(new LabelMap(2, 3, new ushort[6]), new ushort[5], 2, 3));
    }

    private static RegionScores Scores(ushort[] truth, ushort[] mask) =>
        RegionMeasures.Compare(Labellings.Table(truth, mask))!.Value;
}
