namespace DiffSeg.Evaluation;

/// <summary>What an evaluation measures, and how. Immutable.</summary>
/// <remarks>Setters guard their range and throw <see cref="ArgumentException"/>s naming the property.</remarks>
public sealed record EvaluationOptions
{
    private const EvaluationMeasures AllMeasures = EvaluationMeasures.Classes | EvaluationMeasures.Regions
        | EvaluationMeasures.Boundaries | EvaluationMeasures.FigureGround;

    /// <summary>What to measure; default classes and regions.</summary>
    public EvaluationMeasures Measures
    {
        get;
        init => field = value != EvaluationMeasures.None && (value & ~AllMeasures) == 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Measures), value, "Measures must name at least one measure and none that is not there.");
    } = EvaluationMeasures.Classes | EvaluationMeasures.Regions;

    /// <summary>
    /// Number of classes, 1 to 65535; needed for <see cref="EvaluationMeasures.Classes"/>. Default 0: that of
    /// <see cref="ClassNames"/>.
    /// </summary>
    public int ClassCount
    {
        get => field == 0 ? ClassNames?.Count ?? 0 : field;
        init => field = value is >= 0 and <= LabelMap.Ignored
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ClassCount), value, "ClassCount must be from 1 to 65535.");
    }

    /// <summary>Names of the classes in order; null (the default) for none. Copied when set.</summary>
    public IReadOnlyList<string>? ClassNames
    {
        get;
        init => field = value is null ? null : Array.AsReadOnly([.. value]);
    }

    /// <summary>Over what labels are matched with classes; default per image, as published.</summary>
    public MatchingScope Matching
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Matching), value, "Matching must be PerImage or PerDataSet.");
    }

    /// <summary>How far matched boundary pixels may lie apart, as a share of the diagonal; default 0.0075, BSDS's.</summary>
    public double BoundaryTolerance
    {
        get;
        init
        {
            BoundaryMeasure.CheckTolerance(value, nameof(BoundaryTolerance));
            field = value;
        }
    } = BoundaryMeasure.DefaultTolerance;

    /// <summary>Which segments count as figure; default <see cref="FigureRule.OracleMajority"/>.</summary>
    public FigureRule FigureRule
    {
        get;
        init => field = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(FigureRule), value, "FigureRule must be one of its names.");
    }

    /// <summary>Whether something is measured.</summary>
    internal bool Has(EvaluationMeasures measure) => (Measures & measure) != 0;

    /// <summary>Throws unless the properties fit each other.</summary>
    internal void Check()
    {
        if (Has(EvaluationMeasures.Classes) && ClassCount == 0)
        {
            throw new ArgumentException("Measuring classes needs their number: set ClassCount or ClassNames.", nameof(ClassCount));
        }

        if (ClassNames is not null && ClassNames.Count != ClassCount)
        {
            throw new ArgumentException(
                $"There are {ClassNames.Count} class names for {ClassCount} classes.", nameof(ClassNames));
        }
    }

    /// <summary>Whether two evaluations measure the same, so that their sums may be added.</summary>
    internal bool Agrees(EvaluationOptions other) =>
        this with { ClassNames = null, ClassCount = ClassCount } == other with { ClassNames = null, ClassCount = other.ClassCount }
        && (ClassNames ?? []).SequenceEqual(other.ClassNames ?? []);
}
