using System.Globalization;
using DiffSeg.Onnx;

namespace DiffSeg.MLNet.Masks;

/// <summary>What a model that merges in its graph (<see cref="AttentionForm.Merged"/>) leaves open, and what not.</summary>
internal static class MergedModel
{
    /// <summary>Checks the options against what the graph has done already.</summary>
    /// <param name="model">The model.</param>
    /// <param name="merge">How it merges.</param>
    /// <param name="imageColumn">Column of the original picture; null when the mask is to cover what the model saw.</param>
    /// <param name="options">The options.</param>
    /// <param name="thresholdIsFed">Whether the graph is handed the threshold that the options ask for.</param>
    /// <exception cref="ArgumentOutOfRangeException">One does not fit; the message says what to do.</exception>
    public static void Check(
        AttentionModel model, FirstMerge merge, string? imageColumn, DiffSegMaskOptions options, bool thresholdIsFed)
    {
        Require(
            !options.Refine, nameof(options.Refine), options.Refine,
            "Refine clusters the attention of all tokens, which does not leave the model's graph. Switch it off");
        Require(
            options.AnchorsPerSide == merge.AnchorsPerSide, nameof(options.AnchorsPerSide), options.AnchorsPerSide,
            $"The model's graph merges from {merge.AnchorsPerSide} anchors per side. Set AnchorsPerSide to {merge.AnchorsPerSide}");
        Require(
            options.ZeroAttention == merge.ZeroAttention, nameof(options.ZeroAttention), options.ZeroAttention,
            $"The model's graph merges with ZeroAttention.{merge.ZeroAttention}. Set ZeroAttention to it");
        Require(
            options.ResolutionWeights is null, nameof(options.ResolutionWeights), options.ResolutionWeights,
            "The model's graph weighs the resolutions. Set ResolutionWeights to null");
        Require(
            options.AttentionShapes is null || options.AttentionShapes.SequenceEqual(model.Outputs.Select(o => o.Shape)),
            nameof(options.AttentionShapes), options.AttentionShapes, "The model tells the shape of its maps. Set AttentionShapes to null");
        Require(
            imageColumn is null || options.Fit == ImageFit.Crop, nameof(options.Fit), options.Fit,
            "Bars of padding are cut out of the attention before it is merged, and the model's graph has merged it. Set Fit to Crop");
        if (!thresholdIsFed)
        {
            CheckThreshold(model, options);
        }
    }

    /// <summary>Maps that come out of the graph.</summary>
    public static int MapsOf(AttentionShape shape, int anchorsPerSide) =>
        Math.Min(anchorsPerSide, shape.Height) * Math.Min(anchorsPerSide, shape.Width);

    /// <summary>The KL threshold of the first iteration that the options ask for.</summary>
    public static float FirstThreshold(AttentionModel model, DiffSegMaskOptions options)
        => options.KlThresholds is [var first, ..] ? first : options.KlThreshold ?? model.RecommendedKlThreshold;

    private static void CheckThreshold(AttentionModel model, DiffSegMaskOptions options)
    {
        bool perIteration = options.KlThresholds is { Length: > 0 };
        float own = model.RecommendedKlThreshold;
        float first = FirstThreshold(model, options);
        string text = own.ToString(CultureInfo.InvariantCulture);
        Require(
            first == own, perIteration ? nameof(options.KlThresholds) : nameof(options.KlThreshold), first,
            $"The model's graph merges with the threshold {text}. Begin KlThresholds with it, such as [{text}, 0.9, 0.9] (or leave "
            + "KlThreshold null), let the ready-made chain DiffSeg hand yours to the graph, build the model with another KlThreshold");
    }

    private static void Require(bool holds, string name, object? value, string message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{message}, or use a model of the form Aggregated.");
        }
    }
}
