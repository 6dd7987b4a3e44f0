namespace DiffSeg.Evaluation;

/// <summary>A number measured on one image.</summary>
public enum ImageMeasure
{
    /// <summary>Share of the pixels whose label is matched with their class; with matching per image only.</summary>
    PixelAccuracy,

    /// <summary>
    /// Mean intersection over union of the image's classes; with matching per image only. Its mean over images is not the
    /// data set's, which sums the pixels first (<see cref="ClassScores.MeanIoU"/>).
    /// </summary>
    MeanIoU,

    /// <summary>Segmentation covering (<see cref="RegionScores"/>).</summary>
    Covering,

    /// <summary>Variation of information in bits; lower is better (<see cref="RegionScores"/>).</summary>
    VariationOfInformation,

    /// <summary>Rand index, over several annotators the probabilistic one (<see cref="RegionScores"/>).</summary>
    RandIndex,

    /// <summary>Boundary precision (<see cref="BoundaryCounts"/>).</summary>
    BoundaryPrecision,

    /// <summary>Boundary recall (<see cref="BoundaryCounts"/>).</summary>
    BoundaryRecall,

    /// <summary>Boundary F-measure (<see cref="BoundaryCounts"/>).</summary>
    BoundaryFMeasure,

    /// <summary>F-measure of the figure with beta^2 = 0.3 (<see cref="FigureScores"/>).</summary>
    FigureFMeasure,

    /// <summary>F-measure of the figure with beta = 1 (<see cref="FigureScores"/>).</summary>
    FigureF1,

    /// <summary>Intersection over union of the figure (<see cref="FigureScores"/>).</summary>
    FigureIoU,
}
