namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>Names of the figures, as metrics.json has them.</summary>
internal static class MetricNames
{
    /// <summary>Share of the counted pixels whose segment was matched to their class, 0..1.</summary>
    public const string PixelAccuracy = "pixel_accuracy";

    /// <summary>Mean over classes of TP / (TP + FP + FN), 0..1.</summary>
    public const string MeanIou = "mean_iou";

    /// <summary>How well segments of the truth are covered by those found, 0..1.</summary>
    public const string Covering = "covering";

    /// <summary>Rand index, over several annotators the probabilistic one, 0..1.</summary>
    public const string RandIndex = "rand_index";

    /// <summary>Variation of information in bits, from 0; less is better.</summary>
    public const string VariationOfInformation = "variation_of_information";

    /// <summary>Precision of the segments' boundaries, 0..1.</summary>
    public const string BoundaryPrecision = "boundary_precision";

    /// <summary>Recall of the segments' boundaries, 0..1.</summary>
    public const string BoundaryRecall = "boundary_recall";

    /// <summary>F-measure of the segments' boundaries, 0..1.</summary>
    public const string BoundaryF = "boundary_f";

    /// <summary>F-measure of the figure with beta^2 = 0.3, 0..1.</summary>
    public const string FigureF = "figure_f";

    /// <summary>F-measure of the figure with beta = 1, 0..1.</summary>
    public const string FigureF1 = "figure_f1";

    /// <summary>IoU of the figure, 0..1.</summary>
    public const string FigureIou = "figure_iou";
}
