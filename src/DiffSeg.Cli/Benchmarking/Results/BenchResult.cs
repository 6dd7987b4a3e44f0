namespace DiffSeg.Cli.Benchmarking.Results;

/// <summary>What was measured on one input with one number of threads. Times are milliseconds, ratios are of turns side by side.</summary>
internal sealed record BenchResult
{
    /// <summary>The input.</summary>
    public required string Input { get; init; }

    /// <summary>Whether it is the attention of a picture, not of a formula.</summary>
    public required bool IsPicture { get; init; }

    /// <summary>Threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Side of the aggregated map, the longer one.</summary>
    public required int Side { get; init; }

    /// <summary>Segments found.</summary>
    public required int Segments { get; init; }

    /// <summary>Aggregation to mask.</summary>
    public required Samples Whole { get; init; }

    /// <summary>From the aggregated map to the mask.</summary>
    public required Samples FromAggregate { get; init; }

    /// <summary>The two dense products alone.</summary>
    public required Samples DenseProducts { get; init; }

    /// <summary>The plain two-product formulation, aggregation to mask.</summary>
    public required Samples TwoProducts { get; init; }

    /// <summary>The published formulation, aggregation to mask; null where it was left out.</summary>
    public Samples? Published { get; init; }

    /// <summary>The published formulation with fused array operations; null where it was left out.</summary>
    public Samples? PublishedFused { get; init; }

    /// <summary><see cref="Whole"/> / <see cref="DenseProducts"/>.</summary>
    public required Samples RatioToDenseProducts { get; init; }

    /// <summary><see cref="FromAggregate"/> / <see cref="DenseProducts"/>.</summary>
    public required Samples RatioFromAggregate { get; init; }

    /// <summary><see cref="TwoProducts"/> / <see cref="Whole"/>.</summary>
    public required Samples SpeedupOverTwoProducts { get; init; }

    /// <summary><see cref="Published"/> / <see cref="Whole"/>.</summary>
    public Samples? SpeedupOverPublished { get; init; }

    /// <summary><see cref="PublishedFused"/> / <see cref="Whole"/>.</summary>
    public Samples? SpeedupOverPublishedFused { get; init; }

    /// <summary>Most memory held above what was held with the attention in memory, on the first picture.</summary>
    public required long PeakBytesAboveInputs { get; init; }

    /// <summary>Managed bytes allocated for a later picture, its result included.</summary>
    public required long AllocatedBytesPerImage { get; init; }

    /// <summary>Bytes of that result: mask and proposals.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>Pixels of the mask that the two-product formulation gives to another proposal; near-equal ones may differ.</summary>
    public required int PixelsUnlikeTwoProducts { get; init; }

    /// <summary>The same for the published formulation; null where it was left out.</summary>
    public int? PixelsUnlikePublished { get; init; }

    /// <summary>Bytes that this machine copies per second, read and written.</summary>
    public required Samples CopyBandwidth { get; init; }

    /// <summary>Additions and multiplications per second in the dense products.</summary>
    public required Samples ProductRate { get; init; }

    /// <summary>The stages in order.</summary>
    public required IReadOnlyList<StageResult> Stages { get; init; }
}
