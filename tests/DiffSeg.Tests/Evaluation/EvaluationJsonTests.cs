using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class EvaluationJsonTests
{
    private static readonly EvaluationOptions Options = new()
    {
        Measures = EvaluationMeasures.Classes | EvaluationMeasures.Boundaries,
        ClassNames = ["sky", "sea"],
        FigureRule = FigureRule.OracleBestUnion,
    };

    // Files of shards outlive the program that wrote them.
    [Fact]
    public void The_format_stays() => Assert.Equal(
        """
        {"format":"diffseg.evaluation","version":1,"options":{"measures":"Classes, Boundaries","classCount":2,
        "classNames":["sky","sea"],"matching":"PerImage","boundaryTolerance":0.0075,
        "figureRule":"OracleBestUnion"},"images":1,"counts":[[1,1,0],[0,0,1]],
        "boundaries":{"matched":0,"boundary":0,"truthMatched":0,"truthBoundary":1},
        "samples":{"PixelAccuracy":[0.5],"MeanIoU":[0.25],"BoundaryPrecision":[1],"BoundaryRecall":[0],
        "BoundaryFMeasure":[0]}}
        """.ReplaceLineEndings(""),
        Evaluator().ToJson());

    // A program that knows nothing of failed images must not read on as if there were none.
    [Fact]
    public void Failed_images_are_written_as_version_2()
    {
        SegmentationEvaluator evaluator = Evaluator();
        evaluator.AddFailure();
        evaluator.AddFailure();

        string json = evaluator.ToJson();

        Assert.Equal(
            Evaluator().ToJson().Replace("\"version\":1", "\"version\":2").Replace("\"images\":1", "\"images\":1,\"failedImages\":2"), json);
        SegmentationEvaluator read = SegmentationEvaluator.FromJson(json);
        Assert.Equal((1, 2), (read.Images, read.FailedImages));
        Assert.Equal(json, read.ToJson());
        Assert.Contains(
            "negative",
            Assert.Throws<EvaluationException>(
                () => SegmentationEvaluator.FromJson(json.Replace("\"failedImages\":2", "\"failedImages\":-2"))).Message);
    }

    [Theory]
    [InlineData("", "no evaluation")]
    [InlineData("null", "no evaluation")]
    [InlineData("[1]", "no evaluation")]
    [InlineData("{}", "no evaluation")]
    [InlineData("\"version\":1|\"version\":3", "version 3")]
    [InlineData("\"version\":1|\"version\":0", "version 0")]
    [InlineData("diffseg.evaluation|other", "other")]
    [InlineData("[[1,1,0],[0,0,1]]|[[1,1,0]]", "damaged")]
    [InlineData("[[1,1,0],[0,0,1]]|[[1,1,0],[0,0]]", "damaged")]
    [InlineData("[[1,1,0],[0,0,1]]|[[1,1,0],[0,0,-1]]", "negative")]
    [InlineData("[[1,1,0],[0,0,1]]|null", "damaged")]
    [InlineData("[[1,1,0],[0,0,1]]|[[1,1,0],[0,0,9223372036854775807]]", "more than can be summed")]
    [InlineData("[0.25]|null", "no evaluation")]
    [InlineData("\"classCount\":2|\"classCount\":3", "class names")]
    [InlineData("\"PerImage\"|\"PerDataSet\"", "damaged")]
    public void Other_text_is_refused(string change, string says)
    {
        string json = change.Split('|') is [string old, string now] ? Evaluator().ToJson().Replace(old, now) : change;

        EvaluationException error = Assert.Throws<EvaluationException>(() => SegmentationEvaluator.FromJson(json));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluator_read_back_goes_on()
    {
        SegmentationEvaluator evaluator = SegmentationEvaluator.FromJson(Evaluator().ToJson());
        evaluator.Add([0, 1], 1, 2, new LabelMap(1, 2, [0, 1]));

        Assert.Equal(2, evaluator.Images);
        Assert.Equal(0.75, evaluator.Compute().Classes!.PixelAccuracy);
    }

    private static SegmentationEvaluator Evaluator()
    {
        SegmentationEvaluator evaluator = new(Options);
        evaluator.Add([0, 0], 1, 2, new LabelMap(1, 2, [0, 1]));
        return evaluator;
    }
}
