using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Sam2;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>
/// SAM 2's own encoder, which is never part of this repository: the file that DIFFSEG_SAM2_ENCODER names, else what
/// <c>diffseg model pull sam2-hiera-tiny --keep-export</c> left in the cache.
/// </summary>
internal static class RealEncoder
{
    private const string Variable = "DIFFSEG_SAM2_ENCODER";

    /// <summary>Full path of the file; skips the test when there is none.</summary>
    public static string Path
    {
        get
        {
            string path = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? chosen : Cached;
            Assert.SkipUnless(File.Exists(path), $"There is no encoder of SAM 2 at '{path}'; {Variable} may name one.");
            return path;
        }
    }

    private static string Cached => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "DiffSeg", "models", "downloads", "sam2-hiera-tiny", "sam2_hiera_tiny_encoder.with_runtime_opt.ort");

    /// <summary>The whole encoder as ONNX.</summary>
    public static ModelProto Read()
    {
        using EncoderFile file = EncoderFile.Open(Path);
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(file.OnnxPath));
    }
}
