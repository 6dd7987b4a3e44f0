using System.Text.RegularExpressions;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Weights;

/// <summary>
/// The name of a model's data file: it changes with the content, so that a model never meets the data of another one
/// that was built to the same path.
/// </summary>
internal static partial class DataFileName
{
    /// <summary>The path of the data file beside a model.</summary>
    /// <param name="modelPath">Path of the model.</param>
    /// <param name="content">Eight hexadecimal digits that stand for the content.</param>
    public static string For(string modelPath, string content) =>
        Path.Combine(Path.GetDirectoryName(modelPath)!, $"{Path.GetFileNameWithoutExtension(modelPath)}-{content}.onnx.data");

    /// <summary>The data file, named as here, that the model at a path refers to; null when there is no such model or file.</summary>
    public static string? Of(string modelPath)
    {
        try
        {
            return Format.Tensors.In(OnnxModelFile.Read(modelPath))
                .Where(TensorReference.IsExternal)
                .Select(t => TensorReference.Of(t).Path)
                .FirstOrDefault(p => Content().Match(p) is { Success: true } match && p == For(modelPath, match.Groups[1].Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // nothing there, or nothing that is a model
        }
    }

    [GeneratedRegex("-([0-9a-f]{8})\\.onnx\\.data$")]
    private static partial Regex Content();
}
