using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Sam2;

/// <summary>
/// The file of an encoder as plain ONNX. One in ONNX Runtime's own format (.ort) is written out as ONNX by ONNX Runtime
/// itself, into a temporary file that lives as long as this.
/// </summary>
internal sealed class EncoderFile : IDisposable
{
    private readonly DirectoryInfo? _temporary;

    private EncoderFile(string path, string onnxPath, DirectoryInfo? temporary)
    {
        Path = path;
        OnnxPath = onnxPath;
        _temporary = temporary;
    }

    /// <summary>Full path of the file that was given.</summary>
    public string Path { get; }

    /// <summary>Full path of the same network as plain ONNX.</summary>
    public string OnnxPath { get; }

    /// <summary>Opens an encoder, told by its first bytes.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="AttentionModelException">ONNX Runtime cannot read its own format in it.</exception>
    public static EncoderFile Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no encoder at '{path}'. Check the path.", path);
        }

        if (!IsOrtFormat(path))
        {
            return new EncoderFile(path, path, null);
        }

        DirectoryInfo temporary = Directory.CreateTempSubdirectory("diffseg-");
        try
        {
            string onnx = System.IO.Path.Combine(temporary.FullName, "encoder.onnx");
            WriteAsOnnx(path, onnx);
            return new EncoderFile(path, onnx, temporary);
        }
        catch
        {
            temporary.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>SHA-256 of the file that was given, as lower-case hexadecimal.</summary>
    public string Hash()
    {
        using FileStream stream = File.OpenRead(Path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    public void Dispose() => _temporary?.Delete(recursive: true);

    // A FlatBuffers file: the offset of its root, then the identifier of its schema.
    private static bool IsOrtFormat(string path)
    {
        Span<byte> start = stackalloc byte[8];
        using FileStream stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[4..].SequenceEqual("ORTM"u8);
    }

    private static void WriteAsOnnx(string path, string onnx)
    {
        try
        {
            // Optimisations would bring in operators that only this machine's ONNX Runtime knows.
            using var options = new SessionOptions
            {
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
                OptimizedModelFilePath = onnx,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // what matters comes back as an error
            };
            options.AddSessionConfigEntry("session.load_model_format", "ORT"); // whatever the file is called
            options.AddSessionConfigEntry("session.save_model_format", "ONNX");
            using (new InferenceSession(path, options))
            {
            }
        }
        catch (OnnxRuntimeException cause)
        {
            throw new AttentionModelException(
                path, "a model in ONNX Runtime's format (.ort)", cause.Message.Trim(),
                "The file is damaged, cut short or of a version that this ONNX Runtime cannot read: fetch it again.", cause);
        }
    }
}
