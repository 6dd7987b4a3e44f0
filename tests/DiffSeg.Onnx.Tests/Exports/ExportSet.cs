using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>One export that the tests are run on: any folder with a unet/. What it is, is told by its files, not its name.</summary>
internal sealed class ExportSet
{
    private static readonly Lazy<IReadOnlyList<ExportSet>> Found = new(() => [.. Candidates().Select(f => new ExportSet(f))]);

    private ExportSet(string folder)
    {
        Folder = folder;
        ModelPart unet = ModelPart.In(folder, "unet")!;
        UNet = unet.Path;
        ModelProto model = OnnxModelFile.Read(UNet);
        Family = FamilyOf(model.Graph, unet.Config);
        IsHalf = model.Graph.Initializer.Count(t => t.DataType == (int)TensorProto.Types.ElementType.Float16) > model.Graph.Initializer.Count / 4;
        Reference = ReferenceData.In(folder) ?? References().FirstOrDefault(r => r.Family == Family);
    }

    /// <summary>All sets: of the folder that DIFFSEG_FIXTURES names, else ../shared/fixtures, else of the repository.</summary>
    public static IReadOnlyList<ExportSet> All => Found.Value;

    public string Folder { get; }

    public string Name => Path.GetFileName(Folder);

    /// <summary>Path of the U-Net's .onnx file.</summary>
    public string UNet { get; }

    public SdFamily Family { get; }

    /// <summary>Whether the weights are stored in 16 bits, which bounds what can be asked of the results.</summary>
    public bool IsHalf { get; }

    /// <summary>How far attention may be from PyTorch's; ONNX Runtime on the unmodified U-Nets comes to 4.4e-2 and 6.5e-5.</summary>
    public double Tolerance => IsHalf ? 5e-2 : 1e-4;

    /// <summary>Its own reference data, else that of its family; null when there is none.</summary>
    public ReferenceData? Reference { get; }

    /// <summary>The export that has the VAE encoder: itself, else the one that the reference belongs to; null when neither has.</summary>
    public string? WithVae => new[] { Folder, Path.GetDirectoryName(Reference?.Folder) }
        .FirstOrDefault(f => f is not null && ModelPart.In(f, "vae_encoder") is not null);

    private bool HasTextEncoders =>
        ModelPart.In(Folder, "text_encoder") is not null && (Family != SdFamily.XL || ModelPart.In(Folder, "text_encoder_2") is not null);

    public static ExportSet Of(string name)
    {
        Assert.SkipWhen(name == Fixtures.None, "There is no export to test.");
        return All.Single(s => s.Name == name);
    }

    /// <summary>The first single-precision set of a family that can be built from the image; skips where there is none.</summary>
    public static ExportSet OfFamily(SdFamily family)
    {
        ExportSet? set = All.FirstOrDefault(s => s.Family == family && !s.IsHalf && s.WithVae is not null && (s.HasTextEncoders || s.Reference is not null));
        Assert.SkipWhen(set is null, $"There is no export of the family {family} with a VAE encoder.");
        return set;
    }

    /// <summary>The reference, for a test that needs it: skips where there is none.</summary>
    public ReferenceData RequiredReference()
    {
        Assert.SkipWhen(Reference is null, $"There is no reference data of the family {Family}, neither beside {Name} nor in ../shared/fixtures.");
        return Reference;
    }

    /// <summary>Options to build it from the image, with the parts that it lacks itself from the reference's export.</summary>
    public AttentionModelOptions FromImage(AttentionModelOptions options)
    {
        Assert.SkipWhen(WithVae is null, $"{Name} has no VAE encoder, and no reference of its family has one.");
        return options with
        {
            VaeEncoder = WithVae == Folder ? null : WithVae,
            PromptEmbedding = HasTextEncoders ? null : RequiredReference().Folder,
        };
    }

    /// <summary>Options to build its U-Net alone, from the latent, with the reference's embedding.</summary>
    public AttentionModelOptions FromLatent(AttentionModelOptions options) => options with
    {
        // Never read, but an export has one.
        VaeEncoder = WithVae ?? Path.Combine(Folder, "unet"),
        PromptEmbedding = RequiredReference().Folder,
    };

    public override string ToString() => Name;

    private static IEnumerable<string> Candidates() => SetsIn(Fixtures.Folder ?? BundledExports.Folder);

    private static IEnumerable<string> SetsIn(string root) =>
        Directory.EnumerateDirectories(root).Where(f => ModelPart.OnnxFiles(Path.Combine(f, "unet")).Length > 0).Order(StringComparer.Ordinal);

    private static IEnumerable<ReferenceData> References() =>
        new[] { Fixtures.Folder, Path.GetFullPath(Repository.Path("..", "shared", "fixtures")), BundledExports.Folder }
            .OfType<string>()
            .Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateDirectories(f).Order(StringComparer.Ordinal))
            .Select(ReferenceData.In)
            .OfType<ReferenceData>();

    private static SdFamily FamilyOf(GraphProto graph, JsonConfig? config)
    {
        if (graph.Input.Any(i => i.Name.EndsWith("text_embeds", StringComparison.Ordinal)))
        {
            return SdFamily.XL;
        }

        // Version 1 enters and leaves each transformer by a 1 x 1 convolution, version 2 by a matrix product.
        bool isLinear = config?["use_linear_projection"] is { } stated
            ? stated.GetBoolean()
            : !graph.Initializer.Any(t => t.Dims.Count == 4 && t.Dims.Count(d => d == 1) == 2 && t.Dims.Where(d => d > 1).Distinct().Count() == 1);
        return isLinear ? SdFamily.Version2 : SdFamily.Version1;
    }
}
