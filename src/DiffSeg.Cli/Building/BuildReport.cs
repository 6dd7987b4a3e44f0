using System.Globalization;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Building;

/// <summary>Shows what came out of building a model: the layers that it reads, and how much of the networks is left.</summary>
internal static class BuildReport
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="report">What came out.</param>
    public static void Write(IAnsiConsole output, AttentionModelReport report)
    {
        output.WriteLine();
        output.WriteLine("Self-attention, in the order of execution:");
        Grid layers = Columns(Justify.Right, Justify.Left, Justify.Left, Justify.Right);
        int number = 0;
        foreach (AttentionLayer layer in report.Layers)
        {
            layers.AddRow(new Text($"{++number}"), new Text(layer.Name), new Text($"{layer.Width} x {layer.Height}"), new Text(Plural.Of(layer.Heads, "head")));
        }

        output.Write(layers);
        output.WriteLine();
        Grid sizes = Columns(Justify.Left, Justify.Right, Justify.Right, Justify.Right);
        sizes.AddRow("", "nodes", "weights", "files");
        sizes.AddRow(Row("networks", report.Before));
        sizes.AddRow(Row("model", report.After));
        output.Write(sizes);
        output.WriteLine();
        AttentionModel model = report.Model;
        output.WriteLine($"Written: {model.Path}, {model.ImageWidth} x {model.ImageHeight} pixels, {model.WeightPrecision ?? "unknown"} weights{Pictures(model.BatchSize)}");
        foreach (string file in model.FindDataFiles())
        {
            output.WriteLine($"         {file}, its weights; keep both together");
        }
    }

    private static string Pictures(int? batchSize) => batchSize switch
    {
        1 => "",
        null => ", any number of pictures in a run",
        { } count => $", {count} pictures in a run",
    };

    private static Grid Columns(params Justify[] columns)
    {
        var grid = new Grid();
        foreach (Justify justify in columns)
        {
            grid.AddColumn(new GridColumn { Alignment = justify }.NoWrap().PadLeft(2).PadRight(1));
        }

        return grid;
    }

    private static string[] Row(string name, GraphSize size) =>
        [name, size.Nodes.ToString("N0", CultureInfo.InvariantCulture), Millions(size.Weights), ByteSize.Text(size.Bytes)];

    private static string Millions(long weights) => weights >= 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{weights / 1e6:N1} million")
        : weights.ToString("N0", CultureInfo.InvariantCulture);
}
