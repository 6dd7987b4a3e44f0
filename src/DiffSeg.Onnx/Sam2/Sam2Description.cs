using DiffSeg.Onnx.Building;

namespace DiffSeg.Onnx.Sam2;

/// <summary>What a model built from SAM 2 says about itself.</summary>
internal static class Sam2Description
{
    public const string WhatItIs =
        "DiffSeg's merging on the self-attention of SAM 2 (Hiera-Tiny, Meta, Apache-2.0): a model trained with "
        + "class-agnostic masks; not a diffusion model, not unsupervised";

    /// <summary>The description.</summary>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="chosen">The attention that is averaged.</param>
    /// <param name="options">How it was built.</param>
    /// <param name="hash">SHA-256 of the encoder's file.</param>
    public static AttentionModelDescription Of(
        IReadOnlyList<OutputGrid> outputs, IReadOnlyList<EncoderAttention> chosen, Sam2AttentionOptions options, string hash) => new()
        {
            Form = options.Form,
            FirstMerge = options.Form == AttentionForm.Merged ? options.FirstMerge : null,
            Outputs = outputs,
            KlThreshold = options.KlThreshold,
            Source = $"{WhatItIs}. Attention of {Blocks(chosen)}.",
            License = "Apache-2.0",
            WeightPrecision = StorageNames.Of(options.Weights),
            BuilderVersion = BuilderName.Current,
            SourceHash = hash,
        };

    private static string Blocks(IReadOnlyList<EncoderAttention> chosen) =>
        (chosen.Count == 1 ? "block " : "blocks ") + string.Join(" and ", chosen.Select(c => c.Layer.Index));
}
