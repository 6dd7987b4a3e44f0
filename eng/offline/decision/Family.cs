namespace DiffSeg.Offline;

/// <summary>Packages that come from one place together.</summary>
internal sealed class Family
{
    private readonly Func<string, IReadOnlyList<string>> _packageIds;

    private Family(string name, Func<string, IReadOnlyList<string>> packageIds, Func<string, bool> owns)
    {
        Name = name;
        _packageIds = packageIds;
        Owns = owns;
    }

    /// <summary>ML.NET: all its packages have ids that begin with Microsoft.ML.</summary>
    public static Family MlNet { get; } = new(
        "ML.NET",
        _ => ["Microsoft.ML", "Microsoft.ML.ImageAnalytics", "Microsoft.ML.OnnxTransformer"],
        id => id.StartsWith("microsoft.ml", StringComparison.OrdinalIgnoreCase) && !IsOnnxRuntime(id));

    /// <summary>ONNX Runtime: the flavour that eng/OnnxRuntime.Flavour.props chose.</summary>
    public static Family OnnxRuntime { get; } = new(
        "ONNX Runtime",
        flavour => [flavour == "Gpu" ? "Microsoft.ML.OnnxRuntime.Gpu" : "Microsoft.ML.OnnxRuntime"],
        IsOnnxRuntime);

    public static IReadOnlyList<Family> All { get; } = [MlNet, OnnxRuntime];

    public string Name { get; }

    /// <summary>Whether a package id belongs to the family, be it referenced directly or brought along by another.</summary>
    public Func<string, bool> Owns { get; }

    public IReadOnlyList<string> PackageIds(string onnxRuntime) => _packageIds(onnxRuntime);

    private static bool IsOnnxRuntime(string id) =>
        id.StartsWith("microsoft.ml.onnxruntime", StringComparison.OrdinalIgnoreCase);
}
