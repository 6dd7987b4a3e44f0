using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Building;

/// <summary>The command line of "diffseg model build"; the builder is the test's own.</summary>
public sealed class BuildCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeBuilder _builder = new();
    private readonly ToolRun _tool;

    public BuildCommandTests()
    {
        _tool = new ToolRun(_folder.Path) { Surroundings = new Surroundings { Builder = _builder } };
        Directory.CreateDirectory(_folder["export"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Defaults_are_those_of_the_help()
    {
        AttentionModelOptions options = await Options();

        Assert.Equal(new AttentionModelOptions(), options);
        Assert.Equal((_folder["export"], _folder["m.onnx"]), (_builder.Built[0].Source, _builder.Built[0].ModelPath));
    }

    [Theory]
    [InlineData("320", 320, 320)]
    [InlineData("768x512", 768, 512)]
    [InlineData("2048X64", 2048, 64)]
    public async Task Size(string text, int width, int height)
    {
        AttentionModelOptions options = await Options("--size", text);

        Assert.Equal((width, height), (options.ImageWidth, options.ImageHeight));
    }

    [Theory]
    [InlineData("aggregated", AttentionForm.Aggregated)]
    [InlineData("resolutions", AttentionForm.Resolutions)]
    [InlineData("LAYERS", AttentionForm.Layers)]
    [InlineData("raw", AttentionForm.Raw)]
    [InlineData("merged", AttentionForm.Merged)]
    public async Task Form(string text, AttentionForm form) => Assert.Equal(form, (await Options("--form", text)).Form);

    [Fact]
    public async Task Impossible_anchors_of_a_merged_model_are_explained() => Assert.Equal(
        (2, "", "error: --anchors takes a whole number from 2 to the side of the model's attention (64 for most), not '1'.\nSee diffseg model build --help.\n"),
        await _tool.Run("model", "build", "export", "-o", "m.onnx", "--form", "merged", "--anchors", "1"));

    [Fact]
    public async Task More_anchors_than_the_attention_has_positions_are_explained()
    {
        _builder.Failure = new ArgumentException("AnchorsPerSide is 99", "AnchorsPerSide");

        Assert.Equal(
            (2, "", "error: --anchors 99 is more than the model's attention has positions per side; give fewer.\n"),
            await _tool.Run("model", "build", "export", "-o", "m.onnx", "--form", "merged", "--anchors", "99"));
    }

    [Fact]
    public async Task Anchors_of_a_merged_model() =>
        Assert.Equal(new FirstMerge { AnchorsPerSide = 8 }, (await Options("--form", "merged", "--anchors", "8")).FirstMerge);

    [Theory]
    [InlineData("1", 1)]
    [InlineData("16", 16)]
    [InlineData("free", null)]
    [InlineData("FREE", null)]
    public async Task Batch(string text, int? batchSize) => Assert.Equal(batchSize, (await Options("--batch", text)).BatchSize);

    [Theory]
    [InlineData("2")]
    [InlineData("free")]
    public async Task Batches_of_a_merged_model_are_refused(string batch) => Assert.Equal(
        (2, "", "error: --batch is not for --form merged, which takes one picture in a run; give another form or leave --batch out.\nSee diffseg model build --help.\n"),
        await _tool.Run("model", "build", "export", "-o", "m.onnx", "--form", "merged", "--batch", batch));

    [Theory]
    [InlineData("fp32", WeightStorage.Float32)]
    [InlineData("fp16", WeightStorage.Float16)]
    [InlineData("int8", WeightStorage.Int8)]
    public async Task Weights(string text, WeightStorage storage) => Assert.Equal(storage, (await Options("--weights", text)).Weights);

    [Fact]
    public async Task Time_step() => Assert.Equal(100, (await Options("--timestep", "100")).TimeStep);

    [Fact]
    public async Task Kl_threshold() => Assert.Equal(0.9f, (await Options("--kl-threshold", "0.9")).KlThreshold);

    [Fact]
    public async Task Paths_start_from_the_working_folder()
    {
        AttentionModelOptions options = await Options("--prompt-embedding", "e.npy", "--vae", "vae", "--text-encoder", "text/model.onnx");

        Assert.Equal((_folder["e.npy"], _folder["vae"], _folder["text/model.onnx"]), (options.PromptEmbedding, options.VaeEncoder, options.TextEncoder));
    }

    [Fact]
    public async Task Report_shows_layers_and_what_is_left()
    {
        (_, string output, _) = await _tool.Run("model", "build", "export", "-o", "m.onnx");

        Assert.StartsWith("copying\n", output, StringComparison.Ordinal);
        Assert.Contains("1   down_blocks.0.attn1   48 x 64   8 heads", output, StringComparison.Ordinal);
        Assert.Matches(@"networks +4,321 +1,066\.0 million +3\.97 GB", output);
        Assert.Contains($"Written: {_folder["m.onnx"]}, 512 x 512 pixels", output, StringComparison.Ordinal);
        Assert.EndsWith("Use it with: diffseg segment PHOTOS --model m.onnx\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_that_cannot_be_built_is_told()
    {
        _builder.Failure = new AttentionModelException("export", "unet/", "an empty folder", "Give an export.");

        Assert.Equal(
            (2, "", "error: 'export' cannot be used. Looked for unet/; found an empty folder. Give an export.\n"),
            await _tool.Run("model", "build", "export", "-o", "m.onnx"));
    }

    [Theory]
    [InlineData("--size", "100", "--size takes a side or WIDTHxHEIGHT in pixels, multiples of 64 up to 2048, such as 512 or 768x512, not '100'.")]
    [InlineData("--size", "4096", "--size takes a side or WIDTHxHEIGHT in pixels, multiples of 64 up to 2048, such as 512 or 768x512, not '4096'.")]
    [InlineData("--form", "all", "--form takes aggregated or merged or resolutions or layers or raw, not 'all'.")]
    [InlineData("--form", "layer", "--form takes aggregated or merged or resolutions or layers or raw, not 'layer'. Did you mean 'layers'?")]
    [InlineData("--batch", "0", "--batch takes a whole number from 1 to 1024, or free, not '0'.")]
    [InlineData("--batch", "all", "--batch takes a whole number from 1 to 1024, or free, not 'all'.")]
    [InlineData("--timestep", "1000", "--timestep takes a whole number from 0 to 999, not '1000'.")]
    [InlineData("--anchors", "8", "--anchors is for --form merged; of other models it is an option of diffseg segment.")]
    [InlineData("--kl-threshold", "0", "--kl-threshold takes a number above 0, usually 0.7 to 1.4, not '0'.")]
    public async Task Wrong_value_is_explained(string option, string value, string message) => Assert.Equal(
        (2, "", $"error: {message}\nSee diffseg model build --help.\n"), await _tool.Run("model", "build", "export", "-o", "m.onnx", option, value));

    [Theory]
    [InlineData("export", "--output 'export' is a folder; give a file that ends in .onnx.")]
    [InlineData("out/", "--output 'out/' is a folder; give a file that ends in .onnx.")]
    [InlineData("m", "--output 'm' does not end in .onnx. Did you mean 'm.onnx'?")]
    public async Task Wrong_output_is_explained(string output, string message) =>
        Assert.Equal((2, "", $"error: {message}\n"), await _tool.Run("model", "build", "export", "-o", output));

    [Fact]
    public async Task Output_in_a_folder_that_is_not_there_is_explained() => Assert.Equal(
        (2, "", $"error: --output 'no/m.onnx': the folder '{_folder["no"]}' does not exist.\n"), await _tool.Run("model", "build", "export", "-o", "no/m.onnx"));

    [Fact]
    public async Task Output_is_required() => Assert.Equal(
        (2, "", "error: Option '--output' is required.\nSee diffseg model build --help.\n"), await _tool.Run("model", "build", "export"));

    private async Task<AttentionModelOptions> Options(params string[] options)
    {
        (int code, _, string error) = await _tool.Run(["model", "build", "export", "-o", "m.onnx", .. options]);
        Assert.Equal((0, ""), (code, error));
        return _builder.Built.Single().Options!;
    }
}
