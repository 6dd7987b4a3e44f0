using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Networks;

/// <summary>The files of a network.</summary>
internal static class FilesOf
{
    /// <summary>Bytes of the .onnx file and of the data files that it refers to.</summary>
    public static long Bytes(string path, ModelProto model) => model.Graph.Initializer
        .Where(TensorReference.IsExternal)
        .Select(t => TensorReference.Of(t).Path)
        .Append(path)
        .Distinct(StringComparer.Ordinal)
        .Sum(file => new FileInfo(file).Length);
}
