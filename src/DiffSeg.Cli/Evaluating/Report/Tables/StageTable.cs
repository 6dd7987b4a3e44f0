using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Tables;

/// <summary>What the stages of the main run cost.</summary>
internal static class StageTable
{
    /// <summary>The table.</summary>
    /// <param name="result">The evaluation.</param>
    public static ReportTable Of(EvaluationResult result)
    {
        IReadOnlyList<StageCost> stages = result.FindMain().Stages;
        double whole = stages.Sum(stage => stage.MeanMilliseconds);
        ReportRow[] rows = [.. stages.Select(stage => new ReportRow(RowKind.Plain,
        [
            stage.Name,
            Figures.Time(stage.MeanMilliseconds),
            Figures.Time(stage.MedianMilliseconds),
            Figures.WholePercent(stage.MeanMilliseconds / whole),
            Figures.Memory(stage.PeakBytes),
        ]))];
        return new ReportTable(
            $"Time and memory per image, {result.MainRun}",
            $"{ProtocolText.Images(result.DataSet)} on {Machine(result.Machine)}.",
            [
                new ReportColumn("Stage"), new ReportColumn("Mean", IsNumber: true), new ReportColumn("Median", IsNumber: true),
                new ReportColumn("Share, %", IsNumber: true), new ReportColumn("Peak memory", IsNumber: true),
            ],
            stages.Count < 2
                ? rows
                : [.. rows, new ReportRow(RowKind.Main, ["all", Figures.Time(whole), "", "100", Figures.Memory(result.FindMain().PeakMemoryBytes)])]);
    }

    private static string Machine(MachineFacts machine) =>
        $"{machine.Accelerator ?? machine.Processor}, {Figures.Count(machine.Cores)} {(machine.Cores == 1 ? "core" : "cores")}";
}
