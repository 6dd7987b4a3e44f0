namespace DiffSeg;

/// <summary>Settings of the segmentation (Tian et al., CVPR 2024, sections 3.3 and 3.4). Immutable.</summary>
/// <remarks>
/// Defaults are the published code's where it has the setting, and off where it does not. Setters guard their range
/// and throw <see cref="ArgumentOutOfRangeException"/> or <see cref="ArgumentException"/> naming the property.
/// </remarks>
public sealed record DiffSegOptions
{
    // A threshold is kept for each of them: not for as many as a number in a file may say.
    private const int MostIterations = 10_000;

    /// <summary>
    /// Two attention maps are merged when half their symmetric Kullback-Leibler divergence is below this. Natural
    /// logarithm; greater than 0; default 1.1. Lower gives more segments. The scale depends on the attention model.
    /// </summary>
    public float KlThreshold
    {
        get;
        init => field = Positive(value, nameof(KlThreshold));
    } = 1.1f;

    /// <summary>
    /// Iterations of the merging, the first included; from 1 to 10,000, default 3. After a few nothing merges any more.
    /// </summary>
    public int Iterations
    {
        get;
        init => field = value is >= 1 and <= MostIterations
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Iterations), value, $"Iterations must be from 1 to {MostIterations}.");
    } = 3;

    /// <summary>
    /// One threshold per iteration, in place of <see cref="KlThreshold"/> and <see cref="Iterations"/>; null (the
    /// default) uses those two. Copied when set.
    /// </summary>
    public IReadOnlyList<float>? KlThresholds
    {
        get;
        init => field = value is null ? null : Thresholds(value);
    }

    /// <summary>
    /// Anchors per side of the sampling grid; default 16. From 2 to the longer side of the attention map (checked
    /// when segmenting); an axis shorter than this is sampled at every token.
    /// </summary>
    public int AnchorsPerSide
    {
        get;
        init => field = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(AnchorsPerSide), value, "AnchorsPerSide must be from 2 to the longer side of the attention map.");
    } = 16;

    /// <summary>Refine the proposals by k-means over all attention maps; default false. Slower, somewhat smoother.</summary>
    public bool Refine { get; init; }

    /// <summary>Numbering of the segments; default by area.</summary>
    public LabelOrder LabelOrder
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LabelOrder), value, "LabelOrder must be Area or Proposal.");
    }

    /// <summary>
    /// Connected components smaller than this share of the image (0 to 1) go to the nearest larger one; default 0,
    /// no clean-up. 0.002 to 0.005 removes specks and keeps small objects.
    /// </summary>
    public double MinRegionShare
    {
        get;
        init => field = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MinRegionShare), value, "MinRegionShare is a share of the image and must be from 0 to 1.");
    }

    /// <summary>Make each 4-connected region a segment of its own; default false: a segment may have several parts.</summary>
    public bool Regions { get; init; }

    /// <summary>What attention of exactly 0 does; default <see cref="ZeroAttention.MatchesNothing"/>, as published.</summary>
    public ZeroAttention ZeroAttention
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ZeroAttention), value, "ZeroAttention must be MatchesNothing or Clamp.");
    }

    /// <summary>Threads to use at most; -1 (the default) for all cores. The result does not depend on it.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxDegreeOfParallelism), value, "MaxDegreeOfParallelism must be at least 1, or -1 for all cores.");
    } = -1;

    /// <summary>The threshold of every iteration in order: <see cref="KlThresholds"/>, or the one threshold repeated.</summary>
    /// <returns>At least one threshold, each positive and finite.</returns>
    public IReadOnlyList<float> EffectiveThresholds() =>
        KlThresholds ?? Enumerable.Repeat(KlThreshold, Iterations).ToArray();

    private static IReadOnlyList<float> Thresholds(IReadOnlyList<float> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException(
                "KlThresholds must hold one threshold per iteration, at least one; null uses KlThreshold.",
                nameof(KlThresholds));
        }

        float[] copy = new float[values.Count];
        for (int i = 0; i < copy.Length; i++)
        {
            copy[i] = Positive(values[i], $"{nameof(KlThresholds)}[{i}]");
        }

        return Array.AsReadOnly(copy);
    }

    private static float Positive(float value, string property) =>
        value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(property, value, $"{property} must be greater than 0 and finite.");
}
