namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>A model whose attention was evaluated.</summary>
internal sealed record EvaluatedModel
{
    /// <summary>What users type: "sam2-hiera-tiny", or a path as it was given.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the model's files in lower-case hex; null when it was not computed.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What kind of model: "self-attention, 1 file".</summary>
    public string? Form { get; init; }

    /// <summary>Width of its input in pixels; null where it takes any.</summary>
    public int? InputWidth { get; init; }

    /// <summary>Height of its input in pixels; null where it takes any.</summary>
    public int? InputHeight { get; init; }

    /// <summary>The KL threshold that it recommends; null for the general default.</summary>
    public double? RecommendedKlThreshold { get; init; }

    /// <summary>Whether it is the demo model, whose masks are no measure of the method.</summary>
    public bool IsDemo { get; init; }
}
