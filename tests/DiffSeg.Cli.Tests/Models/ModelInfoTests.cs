using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Models;

public sealed class ModelInfoTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("demo")]
    [InlineData("DEMO")]
    public async Task Demo_model_is_described(string name)
    {
        (int code, string output, string error) = await new ToolRun(_folder.Path).Run("model", "info", name);

        Assert.Equal((0, ""), (code, error));
        foreach (string fact in new[] { "512 x 512 pixels", "64 x 64", "8 x 8", "KL threshold   1 (recommended", "MIT", "no learned weights", ".onnx" })
        {
            Assert.Contains(fact, output);
        }
    }

    [Fact]
    public async Task File_called_demo_is_reached_by_its_path()
    {
        _folder.Write("demo", "no model"u8);

        (int code, _, string error) = await new ToolRun(_folder.Path).Run("model", "info", "./demo");

        Assert.Equal(2, code);
        Assert.Contains(_folder["demo"], error);
    }
}
