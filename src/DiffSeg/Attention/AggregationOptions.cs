namespace DiffSeg;

/// <summary>Settings of the attention aggregation (Tian et al., CVPR 2024, section 3.2). Immutable.</summary>
public sealed record AggregationOptions
{
    /// <summary>
    /// Weight of each resolution, finest first; null (the default) weighs each in proportion to its side, the square
    /// root of its tokens (64:32:16:8). Not negative, finite, not all 0. Copied when set.
    /// </summary>
    public IReadOnlyList<float>? Weights
    {
        get;
        init => field = value is null ? null : Copy(value);
    }

    /// <summary>
    /// Scale the weights to a sum of 1; default true. The published code uses them as given, which multiplies every
    /// distance by their sum: [1, 1, 1, 1] asks for a threshold four times as high. False does the same.
    /// </summary>
    public bool NormalizeWeights { get; init; } = true;

    /// <summary>Threads to use at most; -1 (the default) for all cores. The result does not depend on it.</summary>
    public int MaxDegreeOfParallelism
    {
        get;
        init => field = value is -1 or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxDegreeOfParallelism), value, "MaxDegreeOfParallelism must be at least 1, or -1 for all cores.");
    } = -1;

    private static IReadOnlyList<float> Copy(IReadOnlyList<float> weights)
    {
        float[] copy = [.. weights];
        if (copy.Any(w => !float.IsFinite(w) || w < 0) || copy.All(w => w == 0))
        {
            throw new ArgumentException(
                $"Weights must be finite and not negative, and one of them above 0; they are [{string.Join(", ", copy)}].",
                nameof(Weights));
        }

        return Array.AsReadOnly(copy);
    }
}
