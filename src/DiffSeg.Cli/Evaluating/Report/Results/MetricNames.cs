namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>Names of the figures, as metrics.json has them.</summary>
internal static class MetricNames
{
    /// <summary>Share of the counted pixels whose segment was matched to their class, 0..1.</summary>
    public const string PixelAccuracy = "pixel_accuracy";

    /// <summary>Mean over classes of TP / (TP + FP + FN), 0..1.</summary>
    public const string MeanIou = "mean_iou";

    /// <summary>F-score of the segments' boundaries, 0..1.</summary>
    public const string BoundaryF = "boundary_f";

    /// <summary>Variation of information in nats, from 0; less is better.</summary>
    public const string VariationOfInformation = "variation_of_information";

    /// <summary>Probabilistic Rand index, 0..1.</summary>
    public const string ProbabilisticRand = "probabilistic_rand";

    /// <summary>How well segments of the truth are covered by those found, 0..1.</summary>
    public const string Covering = "covering";

    /// <summary>F-measure of the figure against the ground, 0..1.</summary>
    public const string FigureF = "figure_f";

    /// <summary>IoU of the figure, 0..1.</summary>
    public const string FigureIou = "figure_iou";
}
