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

    [Fact]
    public void Many_classes_are_cut()
    {
        EvaluationScores scores = Scores([.. Enumerable.Range(0, 40).Select(i => $"class {i}")], images: 1);
        Assert.Contains("and 10 more classes", scores.ToHtml());
        Assert.DoesNotContain("IoU of class 30", scores.ToHtml());
    }

    private static EvaluationScores Scores(string[] classes, int images)
    {
        SegmentationEvaluator evaluator = new(new EvaluationOptions { ClassNames = classes });
        ushort[] halves = [0, 0, 1, 1];
        for (int i = 0; i < images; i++)
        {
            evaluator.Add(halves, 2, 2, new LabelMap(2, 2, halves));
        }

        return evaluator.Compute();
    }
}
