using DiffSeg.Onnx;

namespace DiffSeg.Cli.Models;

/// <summary>The files that an attention model consists of.</summary>
internal static class ModelFiles
{
    /// <summary>Bytes of all of them.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">One of them is not there or cannot be read.</exception>
    public static long Size(AttentionModel model) =>
        model.FindDataFiles().Prepend(model.Path).Sum(file => new FileInfo(file).Length);
}
