using DiffSeg.Onnx;

namespace DiffSeg.MLNet.Saving;

/// <summary>
/// ML.NET's ApplyOnnxModel, as which a scoring step is saved, hands one row at a time to a model, and fails at the first one
/// where the model takes a fixed number of more rows. So that is said beforehand.
/// </summary>
internal static class ModelOfOneRow
{
    /// <exception cref="NotSupportedException">The model takes a fixed number of rows, more than one.</exception>
    public static void Check(AttentionModel model)
    {
        if (model.BatchSize > 1)
        {
            throw new NotSupportedException(
                $"ML.NET's ApplyOnnxModel, which a saved chain runs too, scores one row at a time, and '{model.Path}' takes "
                + $"{model.BatchSize} rows a run. Build the model for one picture or for any number of them; or use "
                + "ApplyAttentionModel, and make the chain anew from the model's path where it is needed.");
        }
    }
}
