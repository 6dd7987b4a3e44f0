using System.Globalization;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>What another person needs to measure the same again.</summary>
internal static class SetupTables
{
    /// <summary>Settings, methods, models, machine: each a table.</summary>
    /// <param name="result">The evaluation.</param>
    public static IReadOnlyList<ReportTable> Of(EvaluationResult result) =>
    [
        Pairs("Settings",
        [
            new NamedValue("Data set", result.DataSet.Split is { } split ? $"{result.DataSet.Name}, {split}" : result.DataSet.Name),
            new NamedValue("Images", ProtocolText.Images(result.DataSet)),
            new NamedValue("Matching", ProtocolText.Scope(result.Protocol.Matching)),
            new NamedValue("Size", ProtocolText.Size(result.Protocol)),
            new NamedValue("Crop", result.Protocol.Crop ?? "none"),
            .. result.Settings,
        ]),
        .. Methods(result),
        .. result.Models.Select(Model),
        Machine(result),
    ];

    /// <summary>The images left out; null when there are none.</summary>
    /// <param name="result">The evaluation.</param>
    public static ReportTable? Skipped(EvaluationResult result) => result.DataSet.Skipped.Count == 0 ? null : new ReportTable(
        "Skipped images",
        "",
        [new ReportColumn("Image"), new ReportColumn("Reason")],
        [.. result.DataSet.Skipped.Select(image => new ReportRow(RowKind.Plain, [image.Id, image.Reason]))]);

    private static IEnumerable<ReportTable> Methods(EvaluationResult result)
    {
        EvaluationRun[] runs = [.. MethodTable.Methods(result).Where(run => run.Parameters.Count > 0)];
        return runs.Length == 0
            ? []
            : [Pairs("Settings of the methods", [.. runs.Select(run => new NamedValue(run.Name, string.Join(", ", run.Parameters.Select(p => $"{p.Name} {p.Value}"))))])];
    }

    private static ReportTable Model(EvaluatedModel model) => Pairs(
        $"Model {model.Name}",
        [
            new NamedValue("Kind", model.IsDemo ? "demo model: colours and places, not things" : model.Form ?? Figures.None),
            new NamedValue("Input", model is { InputWidth: { } width, InputHeight: { } height } ? $"{width} × {height} pixels" : "any size"),
            new NamedValue(
                "Recommended KL threshold",
                model.RecommendedKlThreshold is { } threshold ? threshold.ToString(CultureInfo.InvariantCulture) : "the general default"),
            new NamedValue("SHA-256", model.Sha256 ?? "not computed"),
        ]);

    private static ReportTable Machine(EvaluationResult result) => Pairs(
        "Machine",
        [
            new NamedValue("Processor", result.Machine.Processor),
            new NamedValue("Cores", Figures.Count(result.Machine.Cores)),
            new NamedValue("Memory", Figures.Memory(result.Machine.MemoryBytes)),
            new NamedValue("Accelerator", result.Machine.Accelerator ?? "none"),
            new NamedValue("Vectors", $"{result.Machine.VectorBits} bits"),
            new NamedValue("System", result.Machine.OperatingSystem),
            new NamedValue("Runtime", result.Machine.Runtime),
        ]);

    private static ReportTable Pairs(string title, IReadOnlyList<NamedValue> values) => new(
        title,
        "",
        [new ReportColumn("Name"), new ReportColumn("Value")],
        [.. values.Select(value => new ReportRow(RowKind.Plain, [value.Name, value.Value]))]);
}
