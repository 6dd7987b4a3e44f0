using DiffSeg.Onnx;

namespace DiffSeg.MLNet.Saving;

/// <summary>
/// ML.NET's Model.Save stores the .onnx file of a model, but not the data file beside it: such a saved chain cannot be
/// loaded, and ML.NET says so only then, in terms of a temporary folder. So it is refused when it is saved.
/// </summary>
internal static class ModelInOneFile
{
    /// <exception cref="NotSupportedException">The model has a data file.</exception>
    public static void Check(AttentionModel? model)
    {
        if (model?.FindDataFiles() is [var data, ..])
        {
            throw new NotSupportedException(
                $"ML.NET cannot save a chain whose attention model keeps its weights in a file of its own: '{model.Path}' has "
                + $"'{Path.GetFileName(data)}' beside it. Make the chain anew from the model's path where it is needed, or build "
                + "the model in one file (AttentionModelOptions.SingleFileLimit, up to 1.5 GiB; fewer bits with Weights).");
        }
    }
}
