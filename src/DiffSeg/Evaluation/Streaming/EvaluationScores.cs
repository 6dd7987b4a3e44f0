namespace DiffSeg.Evaluation;

/// <summary>What an evaluation over images found.</summary>
public sealed partial class EvaluationScores
{
    private readonly SortedDictionary<ImageMeasure, SampleMean> _means;

    internal EvaluationScores(
        EvaluationOptions options,
        int images,
        int failedImages,
        ClassScores? classes,
        BoundaryCounts? boundaries,
        SortedDictionary<ImageMeasure, SampleMean> means)
    {
        Options = options;
        Images = images;
        FailedImages = failedImages;
        Classes = classes;
        Boundaries = boundaries;
        _means = means;
    }

    /// <summary>How it was measured; the figures mean nothing without the matching scope and the rules in there.</summary>
    public EvaluationOptions Options { get; }

    /// <summary>Images measured: what the figures are about.</summary>
    public int Images { get; }

    /// <summary>
    /// Images that have no mask (<see cref="SegmentationEvaluator.AddFailure"/>) and are in no figure. Where there are any, the
    /// figures are not those of the whole data set: compare them only with figures of the same images.
    /// </summary>
    public int FailedImages { get; }

    /// <summary>Accuracy and intersection over union from the pixels of all images; null when not measured.</summary>
    public ClassScores? Classes { get; }

    /// <summary>
    /// Boundary pixels of all images, whose F-measure is BSDS's for one threshold; null when not measured.
    /// </summary>
    public BoundaryCounts? Boundaries { get; }

    /// <summary>Means over the images, with standard errors; measures without any value are left out.</summary>
    public IReadOnlyDictionary<ImageMeasure, SampleMean> Means => _means;

    /// <summary>The mean of one measure; null where no image has a value.</summary>
    /// <param name="measure">Which.</param>
    public SampleMean? this[ImageMeasure measure] => _means.TryGetValue(measure, out SampleMean mean) ? mean : null;
}
