using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Models;

/// <summary>The commands with a model that does the first iteration of the merging in its graph.</summary>
public sealed class MergedModelTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public MergedModelTests()
    {
        _tool = new ToolRun(_folder.Path) { Real = true };
        File.WriteAllBytes(_folder["merged.onnx"], DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));
        TestPicture.SaveFields(_folder["fields.png"], 120, 120);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Info_says_how_to_use_it()
    {
        (int code, string output, _) = await _tool.Run("model", "info", "merged.onnx");

        Assert.Equal(0, code);
        Assert.Contains("aggregated and merged once, in the graph", output);
        Assert.Contains("--anchors 8 --fit crop, without --refine", output);
        Assert.Contains("KL threshold   1 (recommended", output);
    }

    [Fact]
    public async Task Verify_finds_it_good()
    {
        (int code, string output, _) = await _tool.Run("model", "verify", "merged.onnx", "--photo", "fields.png");

        Assert.Equal(0, code);
        Assert.Matches(@"ok  .proposals., 64 x 64: \d+ rows, sums within \d\.\de-\d of 1", output);
        Assert.Matches(@"merging makes [4-8] segments", output);
        Assert.DoesNotContain("aggregation", output);
    }

    [Theory]
    [InlineData]
    [InlineData("--kl-threshold", "0.6")]
    public async Task It_segments_as_the_model_with_attention_does(params string[] threshold)
    {
        string[] options = ["segment", "fields.png", "--anchors", "8", "--fit", "crop", .. threshold];

        Assert.Equal(0, (await _tool.Run([.. options, "--output", "a", "--model", "merged.onnx"])).Code);
        Assert.Equal(0, (await _tool.Run([.. options, "--output", "b"])).Code);

        string[] Files(string folder) => [.. Directory.GetFiles(_folder[folder]).Select(path => Path.GetFileName(path)).Order()];
        Assert.NotEmpty(Files("a"));
        Assert.Equal(Files("b"), Files("a"));
        Assert.All(Files("a"), name => Assert.Equal(File.ReadAllBytes(Path.Combine(_folder["b"], name)), File.ReadAllBytes(Path.Combine(_folder["a"], name))));
    }

    [Theory]
    [InlineData("it cannot leave out bars of padding any more; give --fit crop", "--anchors", "8")]
    [InlineData("from 8 anchors per side; give --anchors 8", "--fit", "crop")]
    [InlineData("the attention of every position does not leave it; give no --refine", "--fit", "crop", "--anchors", "8", "--refine")]
    public async Task What_its_graph_has_done_cannot_be_asked_for(string advice, params string[] options) => Assert.Equal(
        (2, "", $"error: The model merges in its graph: {advice}, or use a model of the form aggregated.\n"),
        await _tool.Run(["segment", "fields.png", "--output", "out", "--model", "merged.onnx", .. options]));
}
