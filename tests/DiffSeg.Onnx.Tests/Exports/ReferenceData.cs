using System.Text.Json;
using DiffSeg.Onnx.StableDiffusion;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>What PyTorch gave for a family of exports: per case the input and the mean over heads of each self-attention.</summary>
internal sealed class ReferenceData
{
    private readonly JsonElement _cases;

    private ReferenceData(string folder, JsonElement cases)
    {
        Folder = folder;
        _cases = cases;
        Family = FamilyOf(Layers(cases.EnumerateObject().First().Value, folder));
    }

    /// <summary>The folder of meta.json, which also serves as prompt embedding.</summary>
    public string Folder { get; }

    public SdFamily Family { get; }

    /// <summary>The cases whose files are there.</summary>
    public IEnumerable<string> Cases =>
        _cases.EnumerateObject().Select(c => c.Name).Where(c => Directory.Exists(Path.Combine(Folder, c)));

    /// <summary>The reference inside a set's folder; null when it has none.</summary>
    public static ReferenceData? In(string set)
    {
        string folder = Path.Combine(set, "reference");
        string meta = Path.Combine(folder, "meta.json");
        if (!File.Exists(meta))
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(meta));
        return new ReferenceData(folder, document.RootElement.GetProperty("cases").Clone());
    }

    /// <summary>The layers of a case in the order of execution.</summary>
    public IReadOnlyList<ReferenceLayer> Layers(string name) => Layers(_cases.GetProperty(name), Path.Combine(Folder, name));

    /// <summary>Side of a case's latent image.</summary>
    public int Latent(string name) => _cases.GetProperty(name).GetProperty("latent").GetInt32();

    public NumpyArray Array(string name, string file) => ReferenceLayer.Read(Path.Combine(Folder, name, file));

    private static IReadOnlyList<ReferenceLayer> Layers(JsonElement theCase, string folder) =>
        [.. theCase.GetProperty("layers").EnumerateArray().Select(l => new ReferenceLayer(folder, l))];

    private static SdFamily FamilyOf(IReadOnlyList<ReferenceLayer> layers) =>
        layers.Any(l => l.Module.Contains("transformer_blocks.1", StringComparison.Ordinal)) ? SdFamily.XL
        : layers.Select(l => l.Heads).Distinct().Count() > 1 ? SdFamily.Version2 : SdFamily.Version1;
}
