using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Folders that are no export, or not a whole one: the error says what was looked for, what was found and what to do.</summary>
public sealed class ExportErrorTests : IDisposable
{
    private const string Tree = "a folder with unet/model.onnx, vae_encoder/model.onnx and text_encoder/model.onnx";

    private readonly ExportDraft _draft = ExportDraft.Usual();

    public void Dispose() => _draft.Dispose();

    [Fact]
    public void Arguments_are_required()
    {
        Assert.Throws<ArgumentNullException>(() => StableDiffusionExport.Open(null!, new()));
        Assert.Throws<ArgumentException>(() => StableDiffusionExport.Open(" ", new()));
        Assert.Throws<ArgumentNullException>(() => StableDiffusionExport.Open(_draft.Path, null!));
    }

    [Fact]
    public void A_missing_folder() => AssertRefused("nowhere", Tree, "no such folder", "Check the path.");

    [Fact]
    public void A_file_of_an_export() =>
        AssertRefused("unet/model.onnx", Tree, "a file", $"Give the folder of the whole export: '{_draft.Path}'.");

    [Fact]
    public void A_file_of_anything()
    {
        _draft.Without("unet").With("a.txt");

        AssertRefused("a.txt", Tree, "a file", "not one file of it");
    }

    [Theory]
    [InlineData("unet")]
    [InlineData("vae_encoder")]
    [InlineData("text_encoder")]
    public void One_part_of_an_export(string part) =>
        AssertRefused(part, Tree, "model.onnx", $"give the whole: '{_draft.Path}'.");

    [Theory]
    [InlineData("fp16")]
    [InlineData("onnx")]
    [InlineData("snapshots/451f4fe")]
    public void The_export_is_in_a_folder_below(string below)
    {
        _draft.Without("unet").With($"{below}/unet/model.onnx");

        AssertRefused("", Tree, below.Split('/')[0] + "/", $"'{_draft.At(below)}'");
    }

    [Fact]
    public void Several_exports_are_below()
    {
        _draft.Without("unet").With("fp32/unet/model.onnx").With("fp16/unet/model.onnx");

        AssertRefused("", Tree, "fp16/, fp32/", $"'{_draft.At("fp16")}', '{_draft.At("fp32")}'");
    }

    [Fact]
    public void An_empty_folder()
    {
        _draft.Without("unet").Without("vae_encoder").Without("text_encoder");

        AssertRefused("", Tree, "an empty folder", "diffseg model list");
    }

    [Theory]
    [InlineData("unet/diffusion_pytorch_model.safetensors")]
    [InlineData("unet/diffusion_pytorch_model.bin")]
    [InlineData("unet/diffusion_flax_model.msgpack")]
    [InlineData("v1-5-pruned-emaonly.safetensors")]
    [InlineData("sd-v1-4.ckpt")]
    public void Weights_of_PyTorch(string file)
    {
        _draft.Without("unet").With(file);

        AssertRefused("", Tree, Path.GetFileName(file), "export them to ONNX first");
    }

    [Fact]
    public void A_model_for_OpenVINO()
    {
        _draft.Without("unet").With("unet/openvino_model.xml");

        AssertRefused("", Tree, "unet/ with openvino_model.xml", "OpenVINO");
    }

    [Fact]
    public void A_diffusion_transformer()
    {
        _draft.Without("unet").With("transformer/model.onnx");

        AssertRefused("", Tree, "transformer/", "1.x, 2.x or XL");
    }

    [Fact]
    public void A_U_Net_folder_without_its_model()
    {
        _draft.Without("unet").With("unet/weights.pb");

        AssertRefused("", Tree, "unet/ with weights.pb", "Fetch the missing .onnx file");
    }

    [Fact]
    public void Several_models_and_none_of_the_usual_name()
    {
        _draft.Without("unet").With("unet/fp32.onnx").With("unet/fp16.onnx");

        AssertRefused("", "called model.onnx", "fp16.onnx, fp32.onnx", "Rename", errorAt: "unet");
    }

    [Fact]
    public void No_VAE_encoder()
    {
        _draft.Without("vae_encoder");

        AssertRefused("", "vae_encoder/model.onnx", "text_encoder/, unet/", "Fetch vae_encoder");
    }

    [Fact]
    public void Only_the_VAE_decoder()
    {
        _draft.Without("vae_encoder").With("vae_decoder/model.onnx");

        AssertRefused("", "vae_encoder/model.onnx", "vae_decoder/", "vae_decoder is the other half");
    }

    [Fact]
    public void Another_VAE_encoder_that_is_not_there() => AssertRefused(
        "", "the vae_encoder that the options name", "neither a file nor a folder", "Check the path.",
        new() { VaeEncoder = _draft.At("other") }, errorAt: "other");

    [Fact]
    public void Another_VAE_encoder_in_a_folder_without_models()
    {
        _draft.With("other/readme.txt");

        AssertRefused(
            "", "the vae_encoder that the options name", "readme.txt", "the .onnx file itself",
            new() { VaeEncoder = _draft.At("other") }, errorAt: "other");
    }

    [Fact]
    public void A_link_to_nothing()
    {
        _draft.Without("unet/model.onnx");
        File.CreateSymbolicLink(_draft.At("unet/model.onnx"), _draft.At("gone"));

        AssertRefused("", "an ONNX model", "a link to a file that is not there", "Fetch", errorAt: "unet/model.onnx");
    }

    [Theory]
    [InlineData("vae_encoder/config.json", "{\n  \"scaling_factor\": 0.18215,\n  oops\n}", "line 3, byte 3")]
    [InlineData("unet/config.json", "", "line 1, byte 1")]
    [InlineData("model_index.json", "{ \"a\": ", "line 1, byte 8")]
    [InlineData("model_index.json", "[]", "Array")]
    public void A_broken_config(string file, string content, string found)
    {
        _draft.With(file, content);

        AssertRefused("", "JSON", found, "Fetch the file again", errorAt: file);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0.18215")]
    [InlineData("1e9")]
    [InlineData("1e999")]
    [InlineData("\"0.18215\"")]
    [InlineData("[0.18215]")]
    public void A_nonsensical_scaling_factor(string value)
    {
        _draft.With("vae_encoder/config.json", $$"""{ "scaling_factor": {{value}} }""");

        AssertRefused("", "'scaling_factor'", value, "0.18215, XL has 0.13025", errorAt: "vae_encoder/config.json");
    }

    [Theory]
    [InlineData(9)] // inpainting
    [InlineData(8)] // editing by instructions
    [InlineData(5)] // depth
    public void A_U_Net_that_takes_more_than_a_latent(int channels)
    {
        _draft.With("unet/config.json", $$"""{ "in_channels": {{channels}}, "out_channels": 4 }""");

        AssertRefused("", "text to image", $"in_channels {channels}", "inpainting", errorAt: "unet/config.json");
    }

    [Theory]
    [InlineData("\"shift_factor\": 0.1159", "'shift_factor' = 0.1159")]
    [InlineData("\"latents_mean\": [-1.6, 1.1, 2, 0]", "'latents_mean' = [")]
    public void A_latent_that_is_shifted(string entry, string found)
    {
        _draft.With("vae_encoder/config.json", $$"""{ "scaling_factor": 1.5, {{entry}} }""");

        AssertRefused("", "only scaled", found, "1.x, 2.x or XL", errorAt: "vae_encoder/config.json");
    }

    [Fact]
    public void No_text_encoder_and_no_embedding()
    {
        _draft.Without("text_encoder");

        var error = Assert.Throws<AttentionModelException>(
            () => StableDiffusionExport.Open(_draft.Path, new()).Embed(new TextConditioning(768), TestContext.Current.CancellationToken));

        Assert.Contains("text_encoder/model.onnx", error.Expected);
        Assert.Contains("unet/, vae_encoder/", error.Found);
        Assert.Contains("--prompt-embedding", error.Advice);
    }

    private void AssertRefused(
        string given, string expected, string found, string advice, AttentionModelOptions? options = null, string? errorAt = null)
    {
        string path = given.Length == 0 ? _draft.Path : _draft.At(given);

        var error = Assert.Throws<AttentionModelException>(() => StableDiffusionExport.Open(path, options ?? new()));

        Assert.Equal(errorAt is null ? path : _draft.At(errorAt), error.ModelPath);
        Assert.Contains(expected, error.Expected);
        Assert.Contains(found, error.Found);
        Assert.Contains(advice, error.Advice);
        Assert.EndsWith(".", error.Advice);
    }
}
