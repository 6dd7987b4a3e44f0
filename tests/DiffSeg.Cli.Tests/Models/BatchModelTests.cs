using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Models;

/// <summary>Models that take several pictures in one run.</summary>
public sealed class BatchModelTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public BatchModelTests()
    {
        _tool = new ToolRun(_folder.Path);
        File.WriteAllBytes(_folder["two.onnx"], DemoAttentionModel.BuildBatch(2));
        File.WriteAllBytes(_folder["free.onnx"], DemoAttentionModel.BuildBatch(null));
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("two.onnx", "Pictures a run   2; ML.NET's ApplyOnnxModel runs one at a time and cannot use it")]
    [InlineData("free.onnx", "Pictures a run   any number")]
    public async Task Info_says_how_many(string model, string line)
    {
        (int code, string output, _) = await _tool.Run("model", "info", model);

        Assert.Equal(0, code);
        Assert.Contains(line, output);
    }

    [Theory]
    [InlineData("two.onnx", "warm run of 2", 8192)]
    [InlineData("free.onnx", "warm run", 4096)]
    public async Task Verify_looks_at_all_pictures_and_merges_the_first(string model, string stage, int rows)
    {
        (int code, string output, string error) = await _tool.Run("model", "verify", model, "--photo", "fields.png");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"64 x 64: {rows} rows, sums within", output);
        Assert.Matches($@"(?m)^{stage} +1\.00 s", output);
        Assert.Equal(Segments((await _tool.Run("model", "verify", "demo", "--photo", "fields.png")).Output), Segments(output));
    }

    private static string Segments(string output) => output[output.IndexOf("merging makes", StringComparison.Ordinal)..];
}
