namespace DiffSeg.Evaluation;

/// <summary>What to measure; flags.</summary>
[Flags]
public enum EvaluationMeasures
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Pixel accuracy and intersection over union of classes, by matching labels with them.</summary>
    Classes = 1,

    /// <summary>Covering, variation of information and Rand index (<see cref="RegionMeasures"/>).</summary>
    Regions = 2,

    /// <summary>Boundary precision, recall and F-measure (<see cref="BoundaryMeasure"/>); the dearest of them.</summary>
    Boundaries = 4,

    /// <summary>F-measure and intersection over union of a figure (<see cref="FigureMeasure"/>).</summary>
    FigureGround = 8,
}
