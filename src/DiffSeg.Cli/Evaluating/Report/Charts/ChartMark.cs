namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>A figure to draw.</summary>
/// <param name="Label">What it is of.</param>
/// <param name="Value">The figure, in the unit of the chart; one that is not finite is left out.</param>
/// <param name="Error">Its standard error in the same unit; not drawn where it is not finite.</param>
/// <param name="Kind">How it is marked.</param>
/// <param name="Text">The figure as text, beside it or under the pointer.</param>
internal sealed record ChartMark(string Label, double Value, double Error, MarkKind Kind, string Text)
{
    /// <summary>The ends of its error bar; the value itself without one.</summary>
    public (double Low, double High) Range => double.IsFinite(Error) ? (Value - Error, Value + Error) : (Value, Value);

    /// <summary>What is said of it under the pointer.</summary>
    public string Says => $"{Label}: {Text}";
}

/// <summary>How a figure is marked.</summary>
internal enum MarkKind
{
    /// <summary>Measured.</summary>
    Measured,

    /// <summary>Measured with the main run's setting.</summary>
    Main,

    /// <summary>From a paper.</summary>
    Published,
}
