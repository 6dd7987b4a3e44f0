using System.Text.Json;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Evaluating.Report;

public sealed class MetricsFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_again()
    {
        EvaluationResult result = SampleEvaluation.Of(classes: 5, images: 4);
        MetricsFile.Write(_folder["metrics.json"], result);

        EvaluationResult again = MetricsFile.Read(_folder["metrics.json"]);

        Assert.Equivalent(result, again, strict: true);
        MetricsFile.Write(_folder["again.json"], again);
        Assert.Equal(File.ReadAllBytes(_folder["metrics.json"]), File.ReadAllBytes(_folder["again.json"]));
        Assert.Equal(["again.json", "metrics.json"], _folder.Files);
    }

    [Fact]
    public void Keys_are_those_documented()
    {
        MetricsFile.Write(_folder["metrics.json"], SampleEvaluation.Of(classes: 5, images: 4));

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(_folder["metrics.json"]));

        JsonElement root = document.RootElement;
        Assert.Equal(
            [
                "format", "tool_version", "finished", "data_set", "protocol", "models", "machine", "settings", "runs",
                "main_run", "sweeps", "image_metric", "images", "published", "notes",
            ],
            root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("per-image", root.GetProperty("protocol").GetProperty("matching").GetString());
        JsonElement run = root.GetProperty("runs")[0];
        Assert.Equal("mean_iou", run.GetProperty("metrics")[1].GetProperty("name").GetString());
        Assert.Equal(0.436, run.GetProperty("metrics")[1].GetProperty("value").GetDouble());
        Assert.Equal(JsonValueKind.Null, run.GetProperty("class_iou")[2].ValueKind);
        Assert.Equal("has no label map <here> & there", root.GetProperty("data_set").GetProperty("skipped")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_JSON_has_no_number_for_comes_back_as_undefined(double value)
    {
        EvaluationResult result = SampleEvaluation.Small;
        EvaluationRun run = result.Runs[0] with { Metrics = [new MetricValue(MetricNames.MeanIou, 0.5, value, 1)] };
        MetricsFile.Write(_folder["metrics.json"], result with { Runs = [run] });

        MetricValue again = Assert.Single(MetricsFile.Read(_folder["metrics.json"]).Runs[0].Metrics);

        Assert.Equal(0.5, again.Value);
        Assert.True(double.IsNaN(again.StandardError));
    }

    [Theory]
    [InlineData("", "no metrics.json")]
    [InlineData("[1]", "no metrics.json")]
    [InlineData("{\"format\":1}", "tool_version")]
    [InlineData("null", "holds no evaluation")]
    public void Other_files_are_refused(string text, string reason)
    {
        File.WriteAllText(_folder["metrics.json"], text);

        var problem = Assert.Throws<InvalidDataException>(() => MetricsFile.Read(_folder["metrics.json"]));

        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.Contains(_folder["metrics.json"], problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_form_is_refused_by_its_number()
    {
        MetricsFile.Write(_folder["metrics.json"], SampleEvaluation.Small with { Format = 99 });

        var problem = Assert.Throws<InvalidDataException>(() => MetricsFile.Read(_folder["metrics.json"]));

        Assert.Contains("form 99", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing()
    {
        Directory.CreateDirectory(_folder["metrics.json"]);

        Assert.Throws<IOException>(() => MetricsFile.Write(_folder["metrics.json"], SampleEvaluation.Small));

        Assert.Empty(_folder.Files);
    }
}
