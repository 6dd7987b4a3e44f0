using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class EvaluationOptionsTests
{
    [Fact]
    public void Defaults_are_the_published_ones()
    {
        EvaluationOptions options = new();

        Assert.Equal(EvaluationMeasures.Classes | EvaluationMeasures.Regions, options.Measures);
        Assert.Equal(MatchingScope.PerImage, options.Matching);
        Assert.Equal(0.0075, options.BoundaryTolerance);
        Assert.Equal(FigureRule.OracleMajority, options.FigureRule);
        Assert.Equal(0, options.ClassCount);
    }

    [Fact]
    public void Names_count_the_classes_and_are_copied()
    {
        string[] names = ["a", "b"];
        EvaluationOptions options = new() { ClassNames = names };
        names[0] = "c";

        Assert.Equal(2, options.ClassCount);
        Assert.Equal(["a", "b"], options.ClassNames);
    }

    [Fact]
    public void Values_out_of_range_are_named()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Measures", () => new EvaluationOptions { Measures = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Measures", () => new EvaluationOptions { Measures = (EvaluationMeasures)32 });
        Assert.Throws<ArgumentOutOfRangeException>("ClassCount", () => new EvaluationOptions { ClassCount = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("ClassCount", () => new EvaluationOptions { ClassCount = 65536 });
        Assert.Throws<ArgumentOutOfRangeException>("Matching", () => new EvaluationOptions { Matching = (MatchingScope)2 });
        Assert.Throws<ArgumentOutOfRangeException>("BoundaryTolerance", () => new EvaluationOptions { BoundaryTolerance = 1 });
        Assert.Throws<ArgumentOutOfRangeException>("FigureRule", () => new EvaluationOptions { FigureRule = (FigureRule)3 });
    }

    [Fact]
    public void Classes_need_their_number_and_names_must_agree_with_it()
    {
        Assert.Throws<ArgumentException>("ClassCount", () => new SegmentationEvaluator(new EvaluationOptions()));
        Assert.Throws<ArgumentException>(
            "ClassNames", () => new SegmentationEvaluator(new EvaluationOptions { ClassCount = 3, ClassNames = ["a"] }));
    }
}
