using System.Security.Cryptography;
using System.Text;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.StableDiffusion;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>Which files of an export its hash covers.</summary>
public sealed class SourceFilesTests : IDisposable
{
    private static readonly string[] Used =
    [
        "unet/model.onnx", "unet/weights.pb", "unet/config.json", "vae_encoder/model.onnx", "text_encoder/model.onnx",
        "text_encoder/data/states", "tokenizer/special_tokens_map.json",
    ];

    private readonly ExportDraft _draft = ExportDraft.Usual()
        .With("unet/config.json", "{}").With("unet/weights.pb", "12345678").With("text_encoder/data/states", "1234")
        .With("tokenizer/special_tokens_map.json", "{}")
        .With("README.md").With("unet/other.onnx").With("vae_decoder/model.onnx").With("tokenizer/merges.txt");

    public SourceFilesTests()
    {
        Write("unet", ("a", "weights.pb", 0), ("b", "weights.pb", 4));
        Write("vae_encoder");
        Write("text_encoder", ("c", "data/states", 0));
    }

    public void Dispose() => _draft.Dispose();

    [Fact]
    public void They_are_those_that_the_built_model_depends_on()
    {
        Assert.Equal(Manifest(Used), Hash());

        _draft.With("README.md", "news").With("unet/other.onnx", "news").Without("vae_decoder");
        Assert.Equal(Manifest(Used), Hash());
    }

    public static TheoryData<string> UsedFiles => [.. Used.Where(u => !u.EndsWith(".onnx", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(UsedFiles))]
    public void Each_of_them_counts(string file)
    {
        string before = Hash();

        _draft.With(file, File.ReadAllText(_draft.At(file)) + " ");

        Assert.NotEqual(before, Hash());
    }

    [Fact]
    public void An_embedding_counts_instead_of_the_text_encoder()
    {
        _draft.With("elsewhere/e.npy");
        string[] files = [.. Used.Where(u => !u.StartsWith('t')), "elsewhere/e.npy"];

        string manifest = Manifest(files, name => name.Replace("elsewhere/", "prompt_embedding/", StringComparison.Ordinal));

        Assert.Equal(manifest, Hash(new() { PromptEmbedding = _draft.At("elsewhere/e.npy") }));
    }

    [Fact]
    public void A_part_from_elsewhere_has_the_name_of_its_part()
    {
        string expected = Hash();
        Directory.Move(_draft.At("vae_encoder"), _draft.At("other"));

        Assert.Equal(expected, Hash(new() { VaeEncoder = _draft.At("other") }));
    }

    [Fact]
    public void Links_into_a_cache_have_the_hash_of_their_files()
    {
        string expected = Hash();
        _draft.InCache(Used);

        var shares = new List<double>();
        string hash = StableDiffusionExport.Open(_draft.Path, new())
            .HashSources(new Listener(shares.Add), TestContext.Current.CancellationToken);

        Assert.Equal(expected, hash);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public void Missing_external_data_is_named()
    {
        _draft.Without("unet/weights.pb");

        var error = Assert.Throws<AttentionModelException>(() => Hash());

        Assert.Contains("weights.pb", error.Message);
    }

    [Fact]
    public void A_real_export_is_hashed()
    {
        string folder = SharedFixtures.Path("sd1x-tiny");
        string[] files =
        [
            "unet/model.onnx", "unet/model.onnx_data", "unet/config.json", "vae_encoder/model.onnx", "vae_encoder/config.json",
            "text_encoder/model.onnx", "text_encoder/config.json",
        ];

        string hash = StableDiffusionExport.Open(folder, new()).HashSources(null, TestContext.Current.CancellationToken);

        Assert.Equal(Manifest(files.Select(f => (f, Path.Combine(folder, f)))), hash);
    }

    private string Hash(AttentionModelOptions? options = null) =>
        StableDiffusionExport.Open(_draft.Path, options ?? new()).HashSources(null, TestContext.Current.CancellationToken);

    private string Manifest(string[] files, Func<string, string>? name = null) =>
        Manifest(files.Select(f => (name?.Invoke(f) ?? f, _draft.At(f))));

    private static string Manifest(IEnumerable<(string Name, string Path)> files)
    {
        IEnumerable<string> lines = files.OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f.Path)))}  {f.Name}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    private void Write(string role, params ReadOnlySpan<(string Name, string Location, int Offset)> tensors)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = role },
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
        };
        foreach (var (name, location, offset) in tensors)
        {
            model.Graph.Initializer.Add(new TensorProto
            {
                Name = name,
                DataType = (int)TensorProto.Types.ElementType.Float,
                Dims = { 1 },
                DataLocation = TensorProto.Types.DataLocation.External,
                ExternalData =
                {
                    new MetadataEntryProto { Key = "location", Value = location },
                    new MetadataEntryProto { Key = "offset", Value = $"{offset}" },
                    new MetadataEntryProto { Key = "length", Value = "4" },
                },
            });
        }

        File.WriteAllBytes(_draft.At($"{role}/model.onnx"), model.ToByteArray());
    }
}
