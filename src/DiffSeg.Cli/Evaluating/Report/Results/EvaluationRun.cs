namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>A method with one setting, measured over all images.</summary>
internal sealed record EvaluationRun
{
    /// <summary>A name that no other run has: "DiffSeg", "DiffSeg, KL threshold 0.9".</summary>
    public required string Name { get; init; }

    /// <summary>The method: "DiffSeg", "K-Means-C".</summary>
    public required string Method { get; init; }

    /// <summary>The <see cref="EvaluatedModel.Name"/> of its model; null where the method needs none.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the run is a setting of a sweep only, so that the table of methods leaves it out.</summary>
    public bool SweepOnly { get; init; }

    /// <summary>The method's settings, in the order in which they are shown.</summary>
    public IReadOnlyList<NamedValue> Parameters { get; init; } = [];

    /// <summary>The figures; each name once.</summary>
    public required IReadOnlyList<MetricValue> Metrics { get; init; }

    /// <summary>IoU of each class, 0..1, in the order of <see cref="EvaluatedDataSet.Classes"/>; NaN for a class that is nowhere; empty without classes.</summary>
    public IReadOnlyList<double> ClassIou { get; init; } = [];

    /// <summary>Share of each class's pixels that got it, 0..1, in the same order; NaN for a class that is nowhere; empty without classes.</summary>
    public IReadOnlyList<double> ClassAccuracy { get; init; } = [];

    /// <summary>Mean number of segments per image.</summary>
    public double MeanSegments { get; init; } = double.NaN;

    /// <summary>The stages in order.</summary>
    public IReadOnlyList<StageCost> Stages { get; init; } = [];

    /// <summary>Most memory held by the process during the run, in bytes; null when it was not measured.</summary>
    public long? PeakMemoryBytes { get; init; }

    /// <summary>The figure of that name; null when it was not measured.</summary>
    /// <param name="name">One of <see cref="MetricNames"/>, or any other.</param>
    public MetricValue? Metric(string name) => Metrics.FirstOrDefault(metric => metric.Name == name);
}
