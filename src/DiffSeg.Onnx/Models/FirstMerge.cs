namespace DiffSeg.Onnx;

/// <summary>
/// How a model of the form <see cref="AttentionForm.Merged"/> does the first iteration of the merging in its graph (Tian et
/// al., CVPR 2024, section 3.3). Immutable; each property checks its value.
/// </summary>
public sealed record FirstMerge
{
    /// <summary>
    /// Name of the input, float32 [1], that takes the KL threshold of this iteration. It may be left out, as ML.NET's
    /// <c>ApplyOnnxModel</c> does, and is <see cref="AttentionModel.RecommendedKlThreshold"/> then.
    /// </summary>
    public const string ThresholdName = "kl_threshold";

    /// <summary>Anchors per side of the sampling grid, at least 2; on a shorter axis one per token. Default 16.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 2.</exception>
    public int AnchorsPerSide
    {
        get;
        init => field = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(AnchorsPerSide), value, "There are at least 2 anchors per side.");
    } = 16;

    /// <summary>
    /// What attention of exactly 0 does. Default <see cref="ZeroAttention.Clamp"/>, unlike the published code: attention
    /// underflows to 0 easily, and a picture should not lose parts over it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">No such treatment.</exception>
    public ZeroAttention ZeroAttention
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ZeroAttention), value, "ZeroAttention must be MatchesNothing or Clamp.");
    } = ZeroAttention.Clamp;
}
