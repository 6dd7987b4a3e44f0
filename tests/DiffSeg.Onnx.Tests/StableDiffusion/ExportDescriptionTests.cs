using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Name and licence of an export, for the built model's metadata.</summary>
public sealed class ExportDescriptionTests : IDisposable
{
    private readonly ExportDraft _draft = ExportDraft.Usual();

    public void Dispose() => _draft.Dispose();

    [Theory]
    [InlineData("runwayml/stable-diffusion-v1-5", "runwayml/stable-diffusion-v1-5")]
    [InlineData("/data/huggingface/hub/models--CompVis--stable-diffusion-v1-4/snapshots/133a221", "CompVis/stable-diffusion-v1-4")]
    [InlineData(@"C:\Users\me\.cache\huggingface\hub\models--a--b-c\snapshots\1", "a/b-c")]
    [InlineData("/home/me/models/sd15", null)]
    [InlineData("./sd15", null)]
    [InlineData("../sd15", null)]
    [InlineData(@"models\sd15", null)]
    [InlineData("sd15", null)]
    [InlineData("a/b/c", null)]
    [InlineData("", null)]
    public void The_name_is_the_repository_in_the_index_else_the_folder(string origin, string? expected)
    {
        _draft.With("model_index.json", $$"""{ "_name_or_path": "{{origin.Replace(@"\", @"\\")}}" }""");

        Assert.Equal(expected ?? Path.GetFileName(_draft.Path), Open(_draft.Path).Name);
    }

    [Fact]
    public void The_name_of_a_folder_in_a_cache_is_the_cached_repository()
    {
        const string Cached = "models--onnx-community--stable-diffusion-v1-5-ONNX/snapshots/0123abcd";
        _draft.With($"{Cached}/unet/model.onnx").With($"{Cached}/vae_encoder/model.onnx")
            .With($"{Cached}/model_index.json", """{ "_name_or_path": "somebody/else" }""");

        Assert.Equal("onnx-community/stable-diffusion-v1-5-ONNX", Open(_draft.At(Cached)).Name);
    }

    [Theory]
    [InlineData("---\nlicense: creativeml-openrail-m\ntags:\n- onnx\n---\n# SD", "creativeml-openrail-m")]
    [InlineData("---\r\ntags: []\r\nlicense: \"openrail++\"\r\n---\r\n", "openrail++")]
    [InlineData("---\nlicense:\n  - mit\n---\n", "mit")]
    [InlineData("---\nlicense: other\nlicense_name: stability-ai-community\n---\n", "stability-ai-community")]
    [InlineData("---\nlicense: other\n---\n", "other")]
    [InlineData("---\nlicense_name: own\n---\n", "own")]
    [InlineData("---\nmodel:\n  license: nested\n---\n", null)]
    [InlineData("---\nlicense: mit\n", null)] // no end: not front matter
    [InlineData("# A model\n\nlicense: mit\n---\n", null)]
    [InlineData("---\n\n---\nlicense: mit\n", null)]
    [InlineData("", null)]
    public void The_licence_is_that_of_the_model_card(string card, string? expected)
    {
        _draft.With("README.md", card);

        Assert.Equal(expected, Open(_draft.Path).License);
    }

    private static StableDiffusionExport Open(string folder) => StableDiffusionExport.Open(folder, new());
}
