using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Models;

/// <summary>What --model and the argument of "model info" take.</summary>
public sealed class ModelSourceTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public ModelSourceTests() => _tool = new ToolRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sd15")]
    [InlineData("SD15")]
    public async Task Name_is_the_pulled_model_also_beside_a_file_of_that_name(string name)
    {
        _folder.Write("sd15", "no model"u8);
        _folder.Write("home/models/sd15.onnx", File.ReadAllBytes(AttentionModel.Demo.Path));

        (int code, string output, _) = await _tool.Run("model", "info", name);

        Assert.Equal(0, code);
        Assert.Contains(_folder["home/models/sd15.onnx"], output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("./sd15")]
    [InlineData("sd15.onnx")]
    public async Task Path_or_extension_is_the_file(string given)
    {
        _folder.Write(given, "no model"u8);
        _folder.Write("home/models/sd15.onnx", File.ReadAllBytes(AttentionModel.Demo.Path));

        (int code, _, string error) = await _tool.Run("model", "info", given);

        Assert.Equal(2, code);
        Assert.Contains($"'{Path.GetFullPath(given, _folder.Path)}' cannot be used.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("segment", "a.jpg", "-m")]
    [InlineData("model", "info")]
    [InlineData("model", "verify")]
    public async Task Name_that_is_known_and_not_pulled_says_how_to(params string[] command)
    {
        _folder.Touch("a.jpg");

        Assert.Equal(
            (2, "", "error: The model 'sd15' is not on this machine yet; 'diffseg model pull sd15' gets it (a download of about 3.79 GB).\n"),
            await _tool.Run([.. command, "sd15"]));
    }

    [Theory]
    [InlineData("sd51", "There is no model file 'sd51'. Did you mean 'sd15'?")]
    [InlineData("dmeo", "There is no model file 'dmeo'. Did you mean 'demo'?")]
    [InlineData("nothing", "There is no model file 'nothing'. Give an ONNX file, 'demo' for the built-in model, or a name that 'diffseg model list' shows.")]
    public async Task Unknown_name_is_explained(string given, string message) =>
        Assert.Equal((2, "", $"error: {message}\n"), await _tool.Run("model", "info", given));

    [Fact]
    public async Task File_without_extension_is_still_a_model()
    {
        _folder.Write("mine", File.ReadAllBytes(AttentionModel.Demo.Path));

        Assert.Equal(0, (await _tool.Run("model", "info", "mine")).Code);
    }
}
