using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>
/// The small selection of exports that the repository carries, so that its tests need nothing beside it. Sets with the
/// same weights share one file in the repository: they are put together in a folder of their own.
/// </summary>
internal static class BundledExports
{
    private static readonly Lazy<string> PutTogether = new(PutThemTogether);

    private static readonly string Source = Repository.Path("tests", "DiffSeg.Onnx.Tests", "Exports", "Data");

    /// <summary>The folder with one folder per set, for as long as the process lives.</summary>
    public static string Folder => PutTogether.Value;

    private static string PutThemTogether()
    {
        var folder = new TemporaryFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        foreach (string file in Directory.EnumerateFiles(Source, "*", SearchOption.AllDirectories))
        {
            Copy(file, folder.File(Path.GetRelativePath(Source, file)));
        }

        string weights = Path.Combine(Source, "sd1x-tiny", "unet", "model.onnx_data");
        Copy(weights, folder.File(Path.Combine("sd1x-tiny-legacy06", "unet", "weights.pb")));
        return folder.Path;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
