using System.Globalization;
using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>A method with all its settings. Two that mean the same are equal, whichever sweeps they come from.</summary>
internal sealed record EvalSetting
{
    /// <summary>The method.</summary>
    public required MethodKind Method { get; init; }

    /// <summary>The model's name; null where the method looks at no attention.</summary>
    public string? Model { get; init; }

    /// <summary>The KL threshold.</summary>
    public required float KlThreshold { get; init; }

    /// <summary>Anchors per side.</summary>
    public int Anchors { get; init; } = 16;

    /// <summary>Iterations of the merging.</summary>
    public int Iterations { get; init; } = 3;

    /// <summary>Whether the segments are refined by k-means.</summary>
    public bool Refine { get; init; }

    /// <summary>What each resolution counts.</summary>
    public Weighting Weighting { get; init; }

    /// <summary>Side in pixels at which mask and truth are compared; null for each picture's own size.</summary>
    public int? Size { get; init; }

    /// <summary>What names it in the journal: method, model and every setting that the method looks at.</summary>
    public string Key => string.Join('|', [
        Words[Method],
        Model ?? "-",
        .. Parameters().Select(parameter => parameter.Value),
        Size?.ToString(CultureInfo.InvariantCulture) ?? "original"]);

    private static IReadOnlyDictionary<MethodKind, string> Words { get; } =
        MethodFacts.Words.ToDictionary(pair => pair.Method, pair => pair.Word);

    /// <summary>The settings that the method looks at.</summary>
    public IReadOnlyList<NamedValue> Parameters()
    {
        List<NamedValue> values = [];
        if (Method.Clusters() is { } clusters)
        {
            values.Add(new NamedValue("Clusters", clusters));
        }

        if (Method == MethodKind.DiffSeg)
        {
            values.Add(new NamedValue(SweepAxis.Threshold.Title(), KlThreshold.ToString(CultureInfo.InvariantCulture)));
            values.Add(new NamedValue(SweepAxis.Anchors.Title(), Anchors.ToString(CultureInfo.InvariantCulture)));
            values.Add(new NamedValue(SweepAxis.Iterations.Title(), Iterations.ToString(CultureInfo.InvariantCulture)));
            values.Add(new NamedValue(SweepAxis.Refine.Title(), Refine ? "on" : "off"));
        }

        if (Method.NeedsAttention())
        {
            values.Add(new NamedValue(SweepAxis.Weights.Title(), Weighting.Text));
        }

        return values;
    }

    /// <summary>The same with one setting changed.</summary>
    /// <param name="axis">Which.</param>
    /// <param name="value">Its value.</param>
    public EvalSetting With(SweepAxis axis, decimal value) => axis switch
    {
        SweepAxis.Weights => this with { Weighting = value == 0 ? Weighting.Proportional : new Weighting((int)value) },
        SweepAxis.Threshold => this with { KlThreshold = (float)value },
        SweepAxis.Anchors => this with { Anchors = (int)value },
        SweepAxis.Iterations => this with { Iterations = (int)value },
        SweepAxis.Refine => this with { Refine = value == 1 },
        _ => this with { Size = (int)value },
    };
}
