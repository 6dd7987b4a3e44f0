using DiffSeg.Evaluation;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.Display;

public class EvaluationScoresDisplayTests
{
    [Fact]
    public void The_figures_stand_in_a_table_with_their_errors()
    {
        EvaluationScores scores = Scores(["sky", "<sea>"], images: 2);
        string html = scores.ToHtml();
        Assert.Contains("<caption>2 images, labels matched with classes in each image (PerImage)</caption>", html);
        Assert.Contains("<th scope=\"row\">IoU of &lt;sea&gt;</th>", html);
        Assert.Contains("<th scope=\"row\">segmentation covering</th><td class=\"ds-number\">1.0000</td><td class=\"ds-number\">0.0000</td>", html);
        Assert.True(PngPixels.Decode(scores.ToPng()).Height > 200);
    }

    [Fact]
    public void Text_has_the_same_figures() =>
        Assert.Contains("segmentation covering              1.0000 +- 0.0000", Scores(["sky", "sea"], images: 2).ToString());

    [Theory]
    [InlineData(1, 1, "1 image of 2: 1 failed and is in no figure")]
    [InlineData(2, 3, "2 images of 5: 3 failed and are in no figure")]
    public void Failed_images_stand_on_top(int images, int failed, string head)
    {
        EvaluationScores scores = Scores(["sky", "sea"], images, failed);
        Assert.StartsWith(head + '\n', scores.ToString());
        Assert.Contains($"<caption>{head}, labels matched", scores.ToHtml());
        Assert.NotEqual(Scores(["sky", "sea"], images).ToPng(), scores.ToPng());
    }

    [Fact]
    public void Many_classes_are_cut()
    {
        EvaluationScores scores = Scores([.. Enumerable.Range(0, 40).Select(i => $"class {i}")], images: 1);
        Assert.Contains("and 10 more classes", scores.ToHtml());
        Assert.DoesNotContain("IoU of class 30", scores.ToHtml());
    }

    private static EvaluationScores Scores(string[] classes, int images, int failed = 0)
    {
        SegmentationEvaluator evaluator = new(new EvaluationOptions { ClassNames = classes });
        ushort[] halves = [0, 0, 1, 1];
        for (int i = 0; i < images; i++)
        {
            evaluator.Add(halves, 2, 2, new LabelMap(2, 2, halves));
        }

        for (int i = 0; i < failed; i++)
        {
            evaluator.AddFailure();
        }

        return evaluator.Compute();
    }
}
