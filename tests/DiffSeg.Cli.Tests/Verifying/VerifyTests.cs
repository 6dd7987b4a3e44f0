using System.Text;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Cli.Verifying;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Verifying;

public sealed class VerifyTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public VerifyTests() => _tool = new ToolRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Good_model_is_found_good_and_each_stage_is_measured()
    {
        (int code, string output, string error) = await _tool.Run("model", "verify", "demo");

        Assert.Equal((0, ""), (code, error));
        Assert.Matches(@"ok  .attention_64., 64 x 64: 4096 rows, sums within \d\.\de-\d of 1", output);
        foreach (string stage in new[] { "load", "first run", "warm run", "aggregation", "merging" })
        {
            Assert.Matches($@"(?m)^{stage} +1\.00 s +[\d.]+ [MG]B", output);
        }

        Assert.Matches(@"(?m)^most at once +[\d.]+ [MG]B", output);
        Assert.Matches(@"Good\. .+ gives attention, and merging makes \d+ segments of the picture\.", output);
    }

    [Fact]
    public async Task Photo_is_segmented_as_segment_would()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        (int code, string output, _) = await _tool.Run("model", "verify", "demo", "--photo", "fields.png");

        Assert.Equal(0, code);
        Assert.Matches(@"merging makes [4-8] segments", output);
    }

    [Theory]
    [InlineData("none.jpg", "--photo: 'none.jpg' is not there.")]
    [InlineData("text.jpg", "--photo: 'text.jpg' is a text, not a picture.")]
    public async Task Picture_that_is_none_is_told(string photo, string message)
    {
        _folder.Write("text.jpg", "a text"u8);

        Assert.Equal((2, "", $"error: {message}\n"), await _tool.Run("model", "verify", "demo", "--photo", photo));
    }

    [Fact]
    public async Task Runtime_without_a_GPU_says_so()
    {
        Assert.SkipWhen((await _tool.Run("doctor")).Output.Contains("CUDA device 0 answers", StringComparison.Ordinal), "This machine has a GPU.");

        (int code, string output, string error) = await _tool.Run("model", "verify", "demo", "--gpu", "0");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("error: --gpu 0: ONNX Runtime cannot run ", error, StringComparison.Ordinal);
    }

    // An operator's name in the demo model, exchanged: the description is read, and ONNX Runtime refuses the graph.
    [Fact]
    public async Task Model_that_ONNX_Runtime_refuses_is_told()
    {
        byte[] model = File.ReadAllBytes(AttentionModel.Demo.Path);
        Encoding.ASCII.GetBytes("Softmaz").CopyTo(model.AsSpan(model.AsSpan().IndexOf("Softmax"u8)));
        _folder.Write("m.onnx", model);

        (int code, _, string error) = await _tool.Run("model", "verify", "m.onnx");

        Assert.Equal(2, code);
        Assert.StartsWith($"error: --model: ONNX Runtime cannot run '{_folder["m.onnx"]}': ", error, StringComparison.Ordinal);
    }

    // The demo model with its softmax along the other axis: columns sum to 1 then, and rows do not.
    [Fact]
    public async Task Model_that_gives_no_attention_is_found_out()
    {
        byte[] model = File.ReadAllBytes(AttentionModel.Demo.Path);
        byte[] last = [.. "axis"u8, 0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], first = [.. last];
        first[5] = 0xfe; // -1 becomes -2
        int softmax = model.AsSpan().IndexOf("Softmax"u8);
        first.CopyTo(model.AsSpan(softmax + model.AsSpan(softmax).IndexOf(last)));
        _folder.Write("m.onnx", model);

        (int code, string output, _) = await _tool.Run("model", "verify", "m.onnx");

        Assert.True(code == 1, output);
        Assert.Contains("BAD 'attention_64', 64 x 64: 4096 rows, sums within ", output, StringComparison.Ordinal);
        Assert.Contains($"Not good. {_folder["m.onnx"]} does not give attention: see the lines marked BAD.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("merging", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 0.5f, 0.5f, 1f, 0f }, true, "2 rows, sums within 0.0e+0 of 1")]
    [InlineData(new[] { 0.5f, 0.5f, 0.75f, 0f }, false, "2 rows, sums within 2.5e-1 of 1")]
    [InlineData(new[] { 1.5f, -0.5f, 1f, 0f }, false, "2 rows, sums within 0.0e+0 of 1, but values down to -5.0e-1")]
    [InlineData(new[] { float.NaN, 1f, 1f, float.PositiveInfinity }, false, "2 values are infinite or no number")]
    public void Rows_are_checked(float[] values, bool good, string text)
    {
        var check = AttentionCheck.Of(values, 2);

        Assert.Equal((good, text), (check.IsGood, check.ToString()));
    }
}
