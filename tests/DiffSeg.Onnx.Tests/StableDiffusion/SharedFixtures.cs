using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.StableDiffusion;

/// <summary>The exports with small random weights beside the repository, in ../shared/fixtures.</summary>
internal static class SharedFixtures
{
    private static readonly string Root = Repository.Path("..", "shared", "fixtures");

    /// <summary>The full path of a set or of one of its files; skips the test, saying so, where the fixtures are absent.</summary>
    public static string Path(params ReadOnlySpan<string> parts)
    {
        Assert.SkipUnless(Directory.Exists(Root), "There is no ../shared/fixtures beside the repository.");
        return System.IO.Path.GetFullPath(System.IO.Path.Combine([Root, .. parts]));
    }

    /// <summary>An array of a family's reference data.</summary>
    public static NumpyArray Reference(string set, params ReadOnlySpan<string> parts)
    {
        string path = Path([set, "reference", .. parts]);
        using FileStream stream = File.OpenRead(path);
        return NumpyArray.Read(stream, path);
    }
}
