using System.Globalization;
using DiffSeg.Cli.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DiffSeg.Cli.Benchmarking.Results;

/// <summary>Shows what was measured.</summary>
internal static class BenchTable
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Writes one result.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="result">The result.</param>
    public static void Write(IAnsiConsole output, BenchResult result)
    {
        output.WriteLine();
        output.Write(new Text(
            $"{result.Input}, {Plural.Of(result.Threads, "thread")}, {Plural.Of(result.Segments, "segment")}", Bold));
        output.WriteLine();
        output.Write(Totals(result));
        output.Write(Stages(result));
        output.WriteLine(
            $"  memory above the inputs {ByteSize.Text(result.PeakBytesAboveInputs)}; allocated per image "
            + $"{ByteSize.Text(result.AllocatedBytesPerImage)}, its result of {ByteSize.Text(result.ResultBytes)} included");
        output.WriteLine(
            $"  this machine: copies {Number(result.CopyBandwidth.Median / 1e9)} GB/s (read + written), "
            + $"dense products {Number(result.ProductRate.Median / 1e9)} GFLOP/s");
        string published = result.PixelsUnlikePublished is { } pixels ? $", to the published one {pixels}" : "";
        output.WriteLine($"  pixels unlike: to the two-product formulation {result.PixelsUnlikeTwoProducts}{published}");
    }

    private static Grid Totals(BenchResult result)
    {
        Grid table = Table("", "median", "spread", "ratio", "spread");
        Row(table, "whole, aggregation to mask", result.Whole, result.RatioToDenseProducts, "of the dense products");
        Row(table, "from the aggregated map", result.FromAggregate, result.RatioFromAggregate, "of the dense products");
        Row(table, "two dense products alone", result.DenseProducts, null, "");
        Row(table, "two-product formulation", result.TwoProducts, result.SpeedupOverTwoProducts, "times the whole");
        if (result.PublishedFused is { } fused)
        {
            Row(table, "published, fused", fused, result.SpeedupOverPublishedFused, "times the whole");
        }

        if (result.Published is { } published)
        {
            Row(table, "published", published, result.SpeedupOverPublished, "times the whole");
        }

        return table;
    }

    private static Grid Stages(BenchResult result)
    {
        Grid table = Table("stage", "median", "spread", "copying", "products");
        foreach (StageResult stage in result.Stages)
        {
            table.AddRow(
                new Text("  " + stage.Name),
                new Text(Time(stage.Milliseconds.Median)),
                new Text(Spread(stage.Milliseconds, Time)),
                new Text(Percent(stage.ShareOfCopyBandwidth)),
                new Text(stage.Operations > 0 ? Percent(stage.ShareOfProductRate) : ""));
        }

        return table;
    }

    private static Grid Table(params string[] heads)
    {
        var table = new Grid();
        for (int i = 0; i < heads.Length; i++)
        {
            GridColumn column = new GridColumn().NoWrap().PadRight(3);
            table.AddColumn(i == 0 ? column.Width(30) : column.RightAligned());
        }

        return table.AddRow([.. heads.Select(IRenderable (head) => new Text(head, Bold))]);
    }

    private static void Row(Grid table, string name, Samples time, Samples? ratio, string of) => table.AddRow(
        new Text("  " + name),
        new Text(Time(time.Median)),
        new Text(Spread(time, Time)),
        new Text(ratio is { } known ? $"{Number(known.Median)} {of}" : ""),
        new Text(ratio is { } spread ? Spread(spread, Number) : ""));

    private static string Spread(Samples samples, Func<double, string> text) =>
        samples.Smallest == samples.Largest ? "" : $"{text(samples.Smallest)} .. {text(samples.Largest)}";

    private static string Time(double milliseconds) => milliseconds < 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F1} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:F2} s");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0}%");

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
