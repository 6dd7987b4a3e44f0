using DiffSeg.MLNet;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Checks settings against the model before any picture is touched.</summary>
internal static class ModelFit
{
    /// <summary>Checks them.</summary>
    /// <param name="options">How the attention becomes a mask.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="SetupException">
    /// More anchors than the attention has positions per side, or something else than what the model's graph has merged.
    /// </exception>
    public static void Check(DiffSegMaskOptions options, AttentionModel model)
    {
        CheckAnchors(options, model);
        if (model.FirstMerge is { } merge)
        {
            CheckMerged(options, merge);
        }
    }

    /// <summary>Checks what counts for every model.</summary>
    /// <param name="options">How the attention becomes a mask.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="SetupException">More anchors than the attention has positions per side.</exception>
    public static void CheckAnchors(DiffSegMaskOptions options, AttentionModel model)
    {
        int side = model.Outputs.Max(output => Math.Max(output.Shape.Height, output.Shape.Width));
        if (options.AnchorsPerSide > side)
        {
            throw new SetupException(
                $"--anchors {options.AnchorsPerSide} is more than the model's attention has positions per side, {side}; give 2 to {side}.");
        }
    }

    // A threshold is not among them: the chain hands it to the graph.
    private static void CheckMerged(DiffSegMaskOptions options, FirstMerge merge)
    {
        string? problem =
            options.Fit != ImageFit.Crop ? "it cannot leave out bars of padding any more; give --fit crop"
            : options.AnchorsPerSide != merge.AnchorsPerSide ? $"from {merge.AnchorsPerSide} anchors per side; give --anchors {merge.AnchorsPerSide}"
            : options.Refine ? "the attention of every position does not leave it; give no --refine"
            : null;
        if (problem is not null)
        {
            throw new SetupException($"The model merges in its graph: {problem}, or use a model of the form aggregated.");
        }
    }
}
