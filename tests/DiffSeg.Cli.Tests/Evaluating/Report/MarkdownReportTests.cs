using DiffSeg.Cli.Evaluating.Report.Markdown;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class MarkdownReportTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(200, 40)]
    public void Tables_have_as_many_cells_in_every_row(int classes, int images)
    {
        string[] lines = MarkdownReport.Render(SampleEvaluation.Of(classes, images)).Split('\n');

        int cells = 0;
        for (int i = 1; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('|'))
            {
                continue;
            }

            bool isFirst = !lines[i - 1].StartsWith('|');
            int here = lines[i].Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|');
            cells = isFirst ? here : cells;
            Assert.Equal(cells, here);
        }

        Assert.True(cells > 0);
    }

    [Fact]
    public void Names_are_escaped()
    {
        string text = MarkdownReport.Render(SampleEvaluation.Of(classes: 5, images: 4));

        Assert.Contains("a&lt;b&gt; &amp; \"c\" 'd' \\| e\uFFFD.jpg", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<drink>", text, StringComparison.Ordinal);
        Assert.Equal(@"\*a\_b\* \[c\] \`d\` \#e x", MarkdownText.Escape("*a_b* [c] `d` #e\nx"));
    }

    [Fact]
    public void Figures_of_papers_stand_below_those_measured_and_are_marked()
    {
        string text = MarkdownReport.Render(SampleEvaluation.Of(classes: 3, images: 4));

        Assert.Contains("| **DiffSeg** | 44 ± 2 | 72.5 ± 1.2 | 7.4 | 1.29 s | 1.46 GB | measured, sam2-hiera-tiny |", text, StringComparison.Ordinal);
        Assert.Contains("| *DiffSeg, 512 × 512 (published)* | 43.6 | 72.5 | – | – | – | published |", text, StringComparison.Ordinal);
        Assert.Contains("| *ReCo (published)* | 26.3 | 46.1 | – | – | – | published; as quoted, not checked against the paper |", text, StringComparison.Ordinal);
        Assert.Contains($"> **{Plumbing.Statement}**", text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_needed_to_measure_again_is_in_it()
    {
        EvaluationResult result = SampleEvaluation.Of(classes: 3, images: 4);

        string text = MarkdownReport.Render(result);

        Assert.Contains(result.Models[0].Sha256!, text, StringComparison.Ordinal);
        Assert.Contains("segments matched to classes image by image; compared at 512 × 512 pixels", text, StringComparison.Ordinal);
        Assert.Contains("| KL threshold | 1.1 |", text, StringComparison.Ordinal);
        Assert.Contains("has no label map &lt;here&gt; &amp; there", text, StringComparison.Ordinal);
        Assert.Contains("| **1.1 (default)** |", text, StringComparison.Ordinal);
        Assert.Contains("finished 2026-01-02 03:04 UTC", text, StringComparison.Ordinal);
        Assert.Contains("| attention | 1.23 s | 1.20 s | 96 | 900.0 MB |", text, StringComparison.Ordinal);
    }
}
