using DiffSeg.Pictures;

namespace DiffSeg.Baselines;

/// <summary>What methods are given to segment one picture. Immutable.</summary>
public sealed record MethodInput
{
    /// <summary>The input of methods that work on attention alone.</summary>
    /// <param name="attention">The aggregated attention of the picture.</param>
    /// <param name="grid">Size of the mask, and where its pixels lie on the attention map.</param>
    /// <exception cref="ArgumentException">The grid is impossible.</exception>
    public MethodInput(AggregatedAttention attention, MaskGrid grid)
    {
        ArgumentNullException.ThrowIfNull(attention);
        grid.Check();
        Attention = attention;
        Grid = grid;
    }

    /// <summary>The aggregated attention of the picture.</summary>
    public AggregatedAttention Attention { get; }

    /// <summary>Size of the mask, and where its pixels lie on the attention map.</summary>
    public MaskGrid Grid { get; }

    /// <summary>
    /// How many segments to make, for methods that must be told: for K-Means-S the number of classes in the ground truth; to
    /// compare methods at an equal number of segments, that of another method's mask. At least 1; null (the default) where not known.
    /// </summary>
    public int? SegmentCount
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(SegmentCount), value, "SegmentCount must be at least 1, or null.");
    }

    /// <summary>The picture itself, for methods that look at colours: what the whole mask shows. Null (the default) where not at hand.</summary>
    public Picture? Picture { get; init; }

    internal int SegmentsFor(string method, int? told) =>
        told ?? SegmentCount ?? throw new ArgumentException(
            $"{method} must be told how many segments to make: set {nameof(SegmentCount)} of the input.", "input");
}
