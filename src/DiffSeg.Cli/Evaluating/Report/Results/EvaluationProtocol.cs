namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>How masks and ground truth were compared.</summary>
internal sealed record EvaluationProtocol
{
    /// <summary>Height in pixels at which they were compared; null for each image's own.</summary>
    public int? Height { get; init; }

    /// <summary>Width in pixels at which they were compared; null for each image's own.</summary>
    public int? Width { get; init; }

    /// <summary>What segments are matched to classes over.</summary>
    public required Matching Matching { get; init; }

    /// <summary>What was cut off before: "centre square"; null for nothing.</summary>
    public string? Crop { get; init; }
}
