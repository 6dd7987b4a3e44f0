namespace DiffSeg;

/// <summary>Settings of <see cref="Dbscan"/>. Immutable.</summary>
/// <remarks>
/// The paper does not say what it took. The defaults are for maps of 64 x 64: of ten neighbourhoods from 0.01 to 0.5 and 4, 8, 16
/// and 32 points, they came closest or nearly so to DiffSeg's own masks, with mean coverings of 0.46 on six photos with the
/// demo attention and 0.54 on three with SAM 2's, and left 14 and 32 % noise. No setting suits all pictures: gradual attention
/// chains everything into one cluster where others are still noise. Smaller maps ask for fewer points and more room:
/// 0.3 and 8 were best on planted regions of 8 x 8 to 32 x 32 tokens.
/// </remarks>
public sealed record DbscanOptions
{
    /// <summary>
    /// Two attention maps are neighbours when their distance is below this (strictly). The distance is the merging's: half the
    /// symmetric Kullback-Leibler divergence, natural logarithm. Greater than 0; default 0.2.
    /// </summary>
    public float Epsilon
    {
        get;
        init => field = value > 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Epsilon), value, "Epsilon must be greater than 0 and finite.");
    } = 0.2f;

    /// <summary>Neighbours that make a map a core of a cluster, the map itself included; at least 1, default 16.</summary>
    public int MinPoints
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MinPoints), value, "MinPoints must be at least 1.");
    } = 16;

    /// <summary>What attention of exactly 0 does; default <see cref="ZeroAttention.MatchesNothing"/>, which makes noise of the map.</summary>
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
}
