using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Which files of a folder are taken for which part.</summary>
public sealed class ExportFolderTests : IDisposable
{
    private readonly ExportDraft _draft = ExportDraft.Usual();

    public void Dispose() => _draft.Dispose();

    [Fact]
    public void The_parts_are_found_by_the_layout()
    {
        StableDiffusionExport export = Open();

        Assert.Equal(_draft.Path, export.Folder);
        Assert.Equal(_draft.At("unet/model.onnx"), export.UNetPath);
        Assert.Equal(_draft.At("vae_encoder/model.onnx"), export.VaeEncoderPath);
        Assert.Null(export.ScalingFactor);
        Assert.Null(export.SampleSize);
        Assert.Null(export.License);
    }

    [Fact]
    public void A_relative_path_and_a_slash_at_the_end_are_understood()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _draft.Path) + "/";

        Assert.Equal(_draft.Path, StableDiffusionExport.Open(relative, new AttentionModelOptions()).Folder);
    }

    [Fact]
    public void The_only_model_may_have_any_name()
    {
        _draft.Without("unet/model.onnx").With("unet/SD15_unet.ONNX").With("unet/weights.pb").With("unet/._model.onnx");

        Assert.Equal(_draft.At("unet/SD15_unet.ONNX"), Open().UNetPath);
    }

    [Fact]
    public void The_usual_name_wins_over_others()
    {
        _draft.With("unet/a_fp16.onnx").With("unet/model_quantized.onnx");

        Assert.Equal(_draft.At("unet/model.onnx"), Open().UNetPath);
    }

    [Theory]
    [InlineData("other/encoder.onnx")]
    [InlineData("other")]
    [InlineData("")]
    public void The_VAE_encoder_may_be_elsewhere(string place)
    {
        using ExportDraft other = new ExportDraft().With("other/encoder.onnx").With("vae_encoder/encoder.onnx");
        string expected = other.At(place.Length == 0 ? "vae_encoder/encoder.onnx" : "other/encoder.onnx");
        _draft.Without("vae_encoder");

        Assert.Equal(expected, Open(new() { VaeEncoder = other.At(place) }).VaeEncoderPath);
    }

    [Fact]
    public void The_config_is_that_of_the_VAE_encoder_that_is_used()
    {
        using ExportDraft other = new ExportDraft().With("e.onnx").With("config.json", """{ "scaling_factor": 0.5 }""");
        _draft.With("vae_encoder/config.json", """{ "scaling_factor": 0.25 }""");

        Assert.Equal(0.25f, Open().ScalingFactor);
        Assert.Equal(0.5f, Open(new() { VaeEncoder = other.At("e.onnx") }).ScalingFactor);
    }

    [Theory]
    [InlineData("{}", null)] // configs of diffusers up to 0.10
    [InlineData("""{ "scaling_factor": null }""", null)]
    [InlineData("""{ "scaling_factor": 0.13025, "shift_factor": null, "latents_mean": null, "latents_std": null }""", 0.13025f)]
    [InlineData("\uFEFF{ \"scaling_factor\": 1 }", 1f)] // a byte order mark
    public void The_scaling_factor_is_the_config_s(string config, float? expected) =>
        Assert.Equal(expected, OpenWith("vae_encoder/config.json", config).ScalingFactor);

    [Theory]
    [InlineData(null, false, 0.18215f)]
    [InlineData(null, true, 0.13025f)]
    [InlineData(0.18215f, true, 0.13025f)] // a default that nobody had set
    [InlineData(0.13025f, true, 0.13025f)]
    [InlineData(0.18215f, false, 0.18215f)]
    [InlineData(0.5f, true, 0.5f)]
    [InlineData(0.13025f, false, 0.13025f)]
    public void The_factor_to_use_is_the_family_s_where_the_config_says_nothing(float? configured, bool isXl, float expected) =>
        Assert.Equal(expected, VaeConfig.FactorFor(configured, isXl));

    [Theory]
    [InlineData("""{ "sample_size": 96 }""", 96)]
    [InlineData("""{ "sample_size": [64, 64] }""", null)]
    [InlineData("""{ "sample_size": 0 }""", null)]
    [InlineData("{}", null)]
    public void The_sample_size_is_the_U_Net_config_s(string config, int? expected) =>
        Assert.Equal(expected, OpenWith("unet/config.json", config).SampleSize);

    [Fact]
    public void Links_into_a_cache_are_followed()
    {
        using ExportDraft blobs = new ExportDraft().With("0123abcd");
        _draft.Without("unet/model.onnx");
        File.CreateSymbolicLink(_draft.At("unet/model.onnx"), blobs.At("0123abcd"));

        Assert.Equal(_draft.At("unet/model.onnx"), Open().UNetPath);
    }

    private StableDiffusionExport OpenWith(string name, string content)
    {
        _draft.With(name, content);
        return Open();
    }

    private StableDiffusionExport Open(AttentionModelOptions? options = null) => StableDiffusionExport.Open(_draft.Path, options ?? new());
}
