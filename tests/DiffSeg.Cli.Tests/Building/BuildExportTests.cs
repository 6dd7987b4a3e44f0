using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Building;

/// <summary>The real builder behind the command line, on an export with small random weights.</summary>
public sealed class BuildExportTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public BuildExportTests() => _tool = new ToolRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_becomes_a_model_of_the_form_and_storage_asked_for()
    {
        string export = SharedFixtures.PathOf("sd1x-tiny");

        (int code, string output, string error) = await _tool.Run(
            "model", "build", export, "-o", "m.onnx", "--size", "192x128", "--form", "resolutions", "--weights", "int8", "--timestep", "50", "--kl-threshold", "0.9");

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"(?m)^ +16 +up_blocks\.3\S+ +24 x 16 +8 heads", output);
        Assert.Matches(@"(?m)^ +networks +[\d,]+ +[\d,]+ +\d\.\d MB\s+model +[\d,]+ +[\d,]+ +\d\.\d MB", output);
        AttentionModel model = AttentionModel.Load(_folder["m.onnx"]);
        Assert.Equal((192, 128, AttentionForm.Resolutions, "int8", 50, 0.9f), (model.ImageWidth, model.ImageHeight, model.Form, model.WeightPrecision, model.TimeStep, model.RecommendedKlThreshold));
        Assert.Equal(0, (await _tool.Run("model", "verify", "m.onnx")).Code);
    }

    [Fact]
    public async Task Data_file_of_a_model_is_shown_and_missed()
    {
        AttentionModelBuilder.Build(
            SharedFixtures.PathOf("sd1x-tiny"), _folder["m.onnx"], new AttentionModelOptions { ImageHeight = 64, ImageWidth = 64, SingleFileLimit = 0 },
            cancellationToken: TestContext.Current.CancellationToken);
        string data = Path.GetFileName(Directory.GetFiles(_folder.Path, "*.data").Single());

        (int code, string output, string error) = await _tool.Run("model", "info", "m.onnx");
        Assert.Equal((0, ""), (code, error));
        Assert.Matches($@"Data file +{System.Text.RegularExpressions.Regex.Escape(_folder[data])}, \d\.\d MB; keep it beside the model", output);

        File.Delete(_folder[data]);
        (code, _, error) = await _tool.Run("model", "info", "m.onnx");
        Assert.Equal(2, code);
        Assert.Contains(data, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_that_is_no_export_is_told_and_nothing_is_written()
    {
        _folder.Write("export/readme.txt", "no models here"u8);

        (int code, string output, string error) = await _tool.Run("model", "build", "export", "-o", "m.onnx");

        Assert.Equal((2, "Reading the export\n"), (code, output));
        Assert.StartsWith($"error: '{_folder["export"]}' cannot be used. Looked for ", error, StringComparison.Ordinal);
        Assert.Equal(["export/readme.txt"], _folder.Files);
    }

    [Fact]
    public async Task Missing_folder_is_told() =>
        Assert.StartsWith($"error: '{_folder["none"]}' cannot be used. ", (await _tool.Run("model", "build", "none", "-o", "m.onnx")).Error, StringComparison.Ordinal);
}
