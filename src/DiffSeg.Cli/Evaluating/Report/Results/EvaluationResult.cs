namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>All that an evaluation came to: what metrics.json holds and what the reports are made from.</summary>
/// <remarks>
/// Shares (accuracy, IoU and so on) are fractions, 0..1; times are milliseconds, memory is bytes. A figure that is not
/// defined (the IoU of a class that is nowhere, the standard error of one image) is <see cref="double.NaN"/> here and
/// null in JSON.
/// </remarks>
internal sealed record EvaluationResult
{
    /// <summary>The form of metrics.json that this version writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The form of metrics.json.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>Version of the tool that measured.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>When the evaluation ended.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>What was evaluated on.</summary>
    public required EvaluatedDataSet DataSet { get; init; }

    /// <summary>How masks and truth were compared.</summary>
    public required EvaluationProtocol Protocol { get; init; }

    /// <summary>The attention models, the main one first; several when a sweep goes over models.</summary>
    public required IReadOnlyList<EvaluatedModel> Models { get; init; }

    /// <summary>Where it was measured.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>Settings that hold for all runs, in the order in which they are shown.</summary>
    public required IReadOnlyList<NamedValue> Settings { get; init; }

    /// <summary>One per method and setting, in the order in which they are shown; at least one.</summary>
    public required IReadOnlyList<EvaluationRun> Runs { get; init; }

    /// <summary>The <see cref="EvaluationRun.Name"/> of the run that classes, images and stages are shown of.</summary>
    public required string MainRun { get; init; }

    /// <summary>The ablations; empty when none was asked for.</summary>
    public IReadOnlyList<Sweep> Sweeps { get; init; } = [];

    /// <summary>The name of the metric in <see cref="ImageScore.Score"/>, one of <see cref="MetricNames"/>.</summary>
    public string ImageMetric { get; init; } = MetricNames.MeanIou;

    /// <summary>The images of the main run, in any order.</summary>
    public IReadOnlyList<ImageScore> Images { get; init; } = [];

    /// <summary>Figures from papers for this data set, not measured here.</summary>
    public IReadOnlyList<PublishedFigure> Published { get; init; } = [];

    /// <summary>What a reader must know besides: whole sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
