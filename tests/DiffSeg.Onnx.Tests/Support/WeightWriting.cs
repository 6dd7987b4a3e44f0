using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Support;

internal static class WeightWriting
{
    /// <summary>Writes a model until the test is cancelled.</summary>
    public static WrittenModel Write(
        this ModelProto model, string path, WeightStorage storage = WeightStorage.Float32, long singleFileLimit = 0, IProgress<double>? progress = null) =>
        OnnxModelWriter.Write(model, path, storage, singleFileLimit, progress, TestContext.Current.CancellationToken);
}
