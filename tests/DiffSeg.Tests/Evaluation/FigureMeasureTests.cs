using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class FigureMeasureTests
{
    private static readonly Gen<(ushort[] Truth, ushort[] Mask)> Images =
        from pixels in Gen.Int[1, 40]
        from truth in Gen.Int[0, 1].Select(c => (ushort)c).Array[pixels]
        from mask in Gen.Int[0, 4].Select(l => (ushort)l).Array[pixels]
        select (truth, mask);

    [Fact]
    public void No_union_of_segments_overlaps_better_than_the_best() =>
        Images.Sample((truth, mask) => Assert.Equal(
            Enumerable.Range(0, 32).Max(set => Scores(truth, mask, set).IoU),
            Compare(truth, mask, FigureRule.OracleBestUnion).IoU));

    [Fact]
    public void The_majority_is_the_union_with_the_fewest_wrong_pixels() =>
        Images.Sample((truth, mask) =>
        {
            FigureScores scores = Compare(truth, mask, FigureRule.OracleMajority);

            Assert.Equal(
                Enumerable.Range(0, 32).Min(set => Wrong(Scores(truth, mask, set))), Wrong(scores));
        });

    [Fact]
    public void The_best_segment_is_one_segment() =>
        Images.Sample((truth, mask) => Assert.Equal(
            Enumerable.Range(0, 5).Select(label => Scores(truth, mask, 1 << label)).Append(Scores(truth, mask, 0)).Max(s => s.IoU),
            Compare(truth, mask, FigureRule.OracleBestSegment).IoU));

    [Fact]
    public void Half_a_segment_is_no_majority() =>
        Assert.Equal(new FigureScores(0, 0, 1), Compare([0, 1], [3, 3], FigureRule.OracleMajority));

    [Fact]
    public void Beta_squared_weighs_recall()
    {
        FigureScores scores = new(30, 10, 30);

        Assert.Equal((0.75, 0.5, 3.0 / 7), (scores.Precision, scores.Recall, scores.IoU));
        Assert.Equal(1.3 * 0.75 * 0.5 / ((0.3 * 0.75) + 0.5), scores.FMeasure(), 1e-15);
        Assert.Equal(0.6, scores.FMeasure(1), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => scores.FMeasure(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => scores.FMeasure(double.NaN));
    }

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(0, 5, 0, 0)]
    [InlineData(0, 0, 5, 0)]
    [InlineData(5, 0, 0, 1)]
    public void Empty_figures_and_choices_have_values(long tp, long fp, long fn, double value)
    {
        FigureScores scores = new(tp, fp, fn);

        Assert.Equal((value, value, value), (scores.IoU, scores.FMeasure(), scores.FMeasure(1)));
    }

    [Fact]
    public void Pixels_without_a_class_do_not_count()
    {
        Assert.Equal(
            new FigureScores(1, 0, 0),
            Compare([1, LabelMap.Ignored, LabelMap.Ignored], [2, 2, 2], FigureRule.OracleMajority));
        Assert.Null(FigureMeasure.Compare(Labellings.Table([LabelMap.Ignored], [0]), FigureRule.OracleMajority));
    }

    [Fact]
    public void Other_classes_are_refused()
    {
        EvaluationException error = Assert.Throws<EvaluationException>(
            () => Compare([0, 2], [0, 0], FigureRule.OracleMajority));

        Assert.Contains("class 2", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("rule", () => Compare([0], [0], (FigureRule)9));
    }

    private static FigureScores Compare(ushort[] truth, ushort[] mask, FigureRule rule) =>
        FigureMeasure.Compare(Labellings.Table(truth, mask), rule)!.Value;

    private static long Wrong(FigureScores scores) => scores.FalsePositives + scores.FalseNegatives;

    // Bit k of the set: label k is chosen.
    private static FigureScores Scores(ushort[] truth, ushort[] mask, int set)
    {
        bool[] chosen = [.. mask.Select(label => (set >> label & 1) != 0)];
        return new FigureScores(
            truth.Zip(chosen).Count(p => p.First == 1 && p.Second),
            truth.Zip(chosen).Count(p => p.First == 0 && p.Second),
            truth.Zip(chosen).Count(p => p.First == 1 && !p.Second));
    }
}
