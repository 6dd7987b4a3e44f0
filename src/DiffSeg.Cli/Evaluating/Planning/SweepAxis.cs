namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>A setting that a sweep varies while all others stay.</summary>
internal enum SweepAxis
{
    /// <summary>The weights of the aggregation: 0 for proportional ones, or the side of the resolution that alone counts.</summary>
    Weights,

    /// <summary>The KL threshold.</summary>
    Threshold,

    /// <summary>Anchors per side.</summary>
    Anchors,

    /// <summary>Iterations of the merging.</summary>
    Iterations,

    /// <summary>Refinement: 0 for without, 1 for with.</summary>
    Refine,

    /// <summary>The side in pixels at which masks and ground truth are compared.</summary>
    Resolution,
}

/// <summary>A sweep that was asked for.</summary>
/// <param name="Axis">What it varies.</param>
/// <param name="Values">The values in order; null for the usual ones.</param>
internal sealed record SweepRequest(SweepAxis Axis, IReadOnlyList<decimal>? Values);
