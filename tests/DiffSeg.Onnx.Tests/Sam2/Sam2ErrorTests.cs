using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>Files that are no encoder of SAM 2: what was looked for, what was found, what to do.</summary>
public sealed class Sam2ErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_missing_file() =>
        Assert.Throws<FileNotFoundException>(() => ModelRun.Build(_folder.File("nothing.ort"), _folder.File("model.onnx")));

    [Fact]
    public void A_model_in_place_of_its_encoder()
    {
        string encoder = new SyntheticEncoder().SaveOnnx(_folder);
        byte[] before = File.ReadAllBytes(encoder);

        Assert.Throws<ArgumentException>("modelPath", () => ModelRun.Build(encoder, encoder));

        Assert.Equal(before, File.ReadAllBytes(encoder));
    }

    [Fact]
    public void A_page_in_place_of_the_file()
    {
        File.WriteAllText(_folder.File("encoder.ort"), "<html>Not found</html>");

        Assert.Equal("text", Refused(_folder.File("encoder.ort")).Found);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void An_ort_file_cut_short(int length)
    {
        string encoder = new SyntheticEncoder().SaveOrt(_folder);
        File.WriteAllBytes(encoder, File.ReadAllBytes(encoder)[..length]);

        AttentionModelException error = Refused(encoder);

        Assert.Contains(".ort", error.Expected);
        Assert.Contains("fetch it again", error.Advice);
        Assert.Equal(encoder, error.ModelPath);
    }

    [Fact]
    public void An_onnx_file_cut_short()
    {
        string encoder = new SyntheticEncoder().SaveOnnx(_folder);
        File.WriteAllBytes(encoder, File.ReadAllBytes(encoder)[..100_000]);

        Refused(encoder);
    }

    [Fact]
    public void Another_size_of_image()
    {
        AttentionModelException error = Refused(new SyntheticEncoder { Side = 512 }.SaveOnnx(_folder));

        Assert.Contains("[1, 3, 1024, 1024]", error.Expected);
        Assert.Contains("[1, 3, 512, 512]", error.Found);
        Assert.Contains("sam2_hiera_tiny_encoder", error.Advice);
    }

    [Fact]
    public void A_decoder_with_its_many_inputs()
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Input.Add(TestModels.Tensor("point_coords", 1, 2, 2));

        Assert.Contains("point_coords", Refused(model.Save(_folder)).Found);
    }

    [Fact]
    public void A_network_without_attention()
    {
        string demo = _folder.File("plain.onnx");
        ModelProto model = new SyntheticEncoder { Global = [] }.Build();
        File.WriteAllBytes(demo, Google.Protobuf.MessageExtensions.ToByteArray(model));

        AttentionModelException error = Refused(demo);

        Assert.Contains("[1, heads, 4096, 4096]", error.Expected);
        Assert.Contains("[64, 4, 64, 64]", error.Found);
    }

    [Fact]
    public void Attention_of_another_structure() =>
        Assert.Contains("block 5 Mul, Softmax, MatMul", Refused(new SyntheticEncoder { ScalesScores = true }.SaveOnnx(_folder)).Found);

    [Fact]
    public void A_block_that_attends_within_windows()
    {
        AttentionModelException error = Refused(
            new SyntheticEncoder().SaveOnnx(_folder), new Sam2AttentionOptions { Blocks = [6, 9] });

        Assert.Contains("block 6", error.Expected);
        Assert.Contains("5, 7, 9", error.Found);
    }

    [Fact]
    public void An_operator_that_only_some_machines_know()
    {
        AttentionModelException error = Refused(new SyntheticEncoder { ForeignDomain = "com.microsoft" }.SaveOnnx(_folder));

        Assert.Contains("standard ONNX operators", error.Expected);
        Assert.Contains("com.microsoft:Gelu", error.Found);
    }

    [Fact]
    public void An_ort_file_that_was_optimised_for_good()
    {
        AttentionModelException error = Refused(new SyntheticEncoder().SaveOrt(_folder, optimisations: ""));

        Assert.Contains("com.microsoft:", error.Found);
    }

    [Fact]
    public void A_refusal_leaves_the_older_model_and_nothing_else()
    {
        string encoder = new SyntheticEncoder { Global = [] }.SaveOnnx(_folder);
        File.WriteAllText(_folder.File("built.onnx"), "older");

        Refused(encoder);

        Assert.Equal("older", File.ReadAllText(_folder.File("built.onnx")));
        Assert.Equal(["built.onnx", "encoder.onnx"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Cancelled_it_leaves_the_older_model_and_nothing_else()
    {
        string encoder = new SyntheticEncoder().SaveOrt(_folder);
        File.WriteAllText(_folder.File("model.onnx"), "older");
        using var source = new CancellationTokenSource();
        var cancel = new CancelAt("Writing the model", source);

        Assert.ThrowsAny<OperationCanceledException>(
            () => Sam2AttentionModel.Build(encoder, _folder.File("model.onnx"), null, cancel, source.Token));

        Assert.Equal("older", File.ReadAllText(_folder.File("model.onnx")));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    private AttentionModelException Refused(string encoder, Sam2AttentionOptions? options = null) =>
        Assert.Throws<AttentionModelException>(() => ModelRun.Build(encoder, _folder.File("built.onnx"), options));

    private sealed class CancelAt(string stage, CancellationTokenSource source) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value)
        {
            if (value.Stage == stage)
            {
                source.Cancel();
            }
        }
    }
}
