using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Cli.Models;

/// <summary>The files that an ONNX model consists of.</summary>
internal static class ModelFiles
{
    /// <summary>The files beside the model that hold its weights, each once, in the order of their first use.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <exception cref="IOException">It is not there or cannot be read, or a file beside it is missing or too short.</exception>
    public static IReadOnlyList<string> DataFiles(string path)
    {
        string full = Path.GetFullPath(path);
        return
        [
            .. OnnxModelFile.Read(full).Graph.Initializer
                .Where(TensorReference.IsExternal)
                .Select(tensor => TensorReference.Of(tensor).Path)
                .Where(file => file != full)
                .Distinct(),
        ];
    }

    /// <summary>Bytes of the model with all its files.</summary>
    /// <inheritdoc cref="DataFiles"/>
    public static long Size(string path) => DataFiles(path).Prepend(path).Sum(file => new FileInfo(file).Length);
}
