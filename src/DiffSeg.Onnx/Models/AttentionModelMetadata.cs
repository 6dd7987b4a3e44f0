namespace DiffSeg.Onnx;

/// <summary>
/// The keys by which an attention model describes itself in its ONNX <c>metadata_props</c>. Numbers are written with
/// the invariant culture. The image size is not repeated here: it is the shape of the model's input.
/// </summary>
public static class AttentionModelMetadata
{
    /// <summary>Version of this description, <see cref="CurrentFormat"/>. Required: it marks a file as an attention model.</summary>
    public const string Format = "diffseg.format";

    /// <summary>The value of <see cref="Format"/> that this version reads and writes.</summary>
    public const string CurrentFormat = "1";

    /// <summary>
    /// <c>raw</c>, <c>layers</c>, <c>resolutions</c>, <c>aggregated</c> or <c>merged</c> (<see cref="AttentionForm"/>). Required.
    /// </summary>
    public const string Form = "diffseg.form";

    /// <summary>
    /// Token grid of each output as height x width, for example <c>attention_64=64x64;attention_32=32x32</c>. Required:
    /// a side cannot be read off N when the image is not square.
    /// </summary>
    public const string Outputs = "diffseg.outputs";

    /// <summary>
    /// KL threshold that suits the model (Tian et al., CVPR 2024, section 3.3). Optional; required of the form <c>merged</c>,
    /// whose graph merges with it.
    /// </summary>
    public const string KlThreshold = "diffseg.kl_threshold";

    /// <summary>Anchors per side of the sampling grid, an integer. Required of the form <c>merged</c>, of no meaning in others.</summary>
    public const string AnchorsPerSide = "diffseg.anchors_per_side";

    /// <summary>
    /// What attention of exactly 0 does in the graph's merging: <c>clamp</c> or <c>matchesnothing</c>
    /// (<see cref="DiffSeg.ZeroAttention"/>). Required of the form <c>merged</c>, of no meaning in others.
    /// </summary>
    public const string ZeroAttention = "diffseg.zero_attention";

    /// <summary>What the attention was taken from, for example a model's name and revision. Optional.</summary>
    public const string Source = "diffseg.source";

    /// <summary>Licence of the weights, as an SPDX expression where there is one. Optional.</summary>
    public const string License = "diffseg.license";

    /// <summary>Diffusion time step at which the attention is read, an integer. Optional.</summary>
    public const string TimeStep = "diffseg.time_step";

    /// <summary>How the weights are stored: <c>none</c>, <c>fp32</c>, <c>fp16</c> or <c>int8</c>. Optional.</summary>
    public const string WeightPrecision = "diffseg.weight_precision";

    /// <summary>The program that built the file and its version. Optional.</summary>
    public const string Builder = "diffseg.builder";

    /// <summary>SHA-256 over the files that the model was built from, as lower-case hexadecimal. Optional.</summary>
    public const string SourceHash = "diffseg.source_sha256";
}
