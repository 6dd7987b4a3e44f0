using DiffSeg.MLNet;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Checks settings against the model before any picture is touched.</summary>
internal static class ModelFit
{
    /// <summary>Checks them.</summary>
    /// <param name="options">How the attention becomes a mask.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="SetupException">More anchors than the attention has positions per side.</exception>
    public static void Check(DiffSegMaskOptions options, AttentionModel model)
    {
        int side = model.Outputs.Max(output => Math.Max(output.Shape.Height, output.Shape.Width));
        if (options.AnchorsPerSide > side)
        {
            throw new SetupException(
                $"--anchors {options.AnchorsPerSide} is more than the model's attention has positions per side, {side}; give 2 to {side}.");
        }
    }
}
