namespace DiffSeg.Offline;

/// <summary>The one line that announces a decision.</summary>
internal static class Notice
{
    public static string Of(Decision decision, Wish wish)
    {
        string mlNet = decision.MlNet == Source.Registry
            ? "ML.NET from the NuGet sources"
            : "ML.NET is a small stand-in made in eng/offline, not the real one";
        string onnxRuntime = decision.OnnxRuntime == Source.Registry
            ? $"ONNX Runtime ({wish.OnnxRuntime}) from the NuGet sources"
            : $"ONNX Runtime ({wish.OnnxRuntime}) made from the npm package {OnnxRuntimePackages.Npm}";
        string why = wish.Mode == PackageMode.Auto ? "found by trying" : "as DIFFSEG_PACKAGES says";
        return $"DiffSeg packages, {why}: {mlNet}; {onnxRuntime}. Remembered; see eng/offline/README.md.";
    }
}
