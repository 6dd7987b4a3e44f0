using DiffSeg.Evaluation;

namespace DiffSeg.MLNet;

/// <summary>The figures of an evaluation. Those that were not asked for are null.</summary>
/// <remarks>
/// Means over images come with their standard error. Figures of different matching scopes do not compare.
/// </remarks>
public sealed partial class SegmentationMetrics
{
    internal SegmentationMetrics(EvaluationScores scores) => Scores = scores;

    /// <summary>All of it, as the core library gives it.</summary>
    public EvaluationScores Scores { get; }

    /// <summary>Images measured: what the figures are about.</summary>
    public int ImageCount => Scores.Images;

    /// <summary>
    /// Rows that have a reason in place of a mask. They are in no figure, neither as right nor as wrong: where there are any, the
    /// figures are not those of the whole data set. Compare them only with figures of the same images, and tell this number
    /// with them.
    /// </summary>
    public int FailedRows => Scores.FailedImages;

    /// <summary>Over what the labels were matched with the classes.</summary>
    public MatchingScope Matching => Scores.Options.Matching;

    /// <summary>Share of the pixels whose label is matched with their class, from the pixels of all images.</summary>
    public double? PixelAccuracy => Scores.Classes?.PixelAccuracy;

    /// <summary>Mean over the classes of their intersection over union, from the pixels of all images.</summary>
    public double? MeanIntersectionOverUnion => Scores.Classes?.MeanIoU;

    /// <summary>
    /// Intersection over union of each class, in order; null for a class that is neither in the ground truth nor matched.
    /// </summary>
    public IReadOnlyList<double?>? PerClassIntersectionOverUnion => Scores.Classes?.PerClassIoU;

    /// <summary>Names of the classes in order, where the options gave them.</summary>
    public IReadOnlyList<string>? ClassNames => Scores.Options.ClassNames;

    /// <summary>Pixel accuracy of the single images; with matching per image.</summary>
    public SampleMean? ImagePixelAccuracy => Scores[ImageMeasure.PixelAccuracy];

    /// <summary>Mean intersection over union of the single images; with matching per image.</summary>
    public SampleMean? ImageMeanIntersectionOverUnion => Scores[ImageMeasure.MeanIoU];

    /// <summary>Segmentation covering of the ground truth by the mask, 0 to 1.</summary>
    public SampleMean? SegmentationCovering => Scores[ImageMeasure.Covering];

    /// <summary>Variation of information in bits; lower is better.</summary>
    public SampleMean? VariationOfInformation => Scores[ImageMeasure.VariationOfInformation];

    /// <summary>Probabilistic Rand index, 0 to 1; with one annotator the Rand index.</summary>
    public SampleMean? ProbabilisticRandIndex => Scores[ImageMeasure.RandIndex];

    /// <summary>Boundary precision, 0 to 1.</summary>
    public SampleMean? BoundaryPrecision => Scores[ImageMeasure.BoundaryPrecision];

    /// <summary>Boundary recall, 0 to 1.</summary>
    public SampleMean? BoundaryRecall => Scores[ImageMeasure.BoundaryRecall];

    /// <summary>Boundary F-measure of the single images, 0 to 1.</summary>
    public SampleMean? BoundaryFMeasure => Scores[ImageMeasure.BoundaryFMeasure];

    /// <summary>Boundary F-measure from the boundary pixels of all images, 0 to 1.</summary>
    public double? PooledBoundaryFMeasure => Scores.Boundaries?.FMeasure;

    /// <summary>F-measure of the figure with beta^2 = 0.3, 0 to 1; segments chosen by the options' oracle.</summary>
    public SampleMean? FigureFMeasure => Scores[ImageMeasure.FigureFMeasure];

    /// <summary>F-measure of the figure with beta = 1, 0 to 1; segments chosen by the options' oracle.</summary>
    public SampleMean? FigureF1Score => Scores[ImageMeasure.FigureF1];

    /// <summary>Intersection over union of the figure, 0 to 1; segments chosen by the options' oracle.</summary>
    public SampleMean? FigureIntersectionOverUnion => Scores[ImageMeasure.FigureIoU];

    /// <summary>The figures as lines of text.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => Scores.ToString();
}
