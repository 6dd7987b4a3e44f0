using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Verifying;

/// <summary>Shows what a verification came to.</summary>
internal static class VerificationReport
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="verification">The verification, which is over.</param>
    /// <param name="good">Whether everything was as it should be.</param>
    public static void Write(IAnsiConsole output, AttentionModel model, Verification verification, bool good)
    {
        foreach ((AttentionOutput tensor, AttentionCheck check) in verification.Outputs)
        {
            string mark = check.IsGood ? "[green]ok[/] " : "[red]BAD[/]";
            output.MarkupLine($"{mark} {Markup.Escape($"'{tensor.Name}', {tensor.Shape.Width} x {tensor.Shape.Height}: {check}")}");
        }

        output.WriteLine();
        var table = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn(new GridColumn().NoWrap().PadRight(3).RightAligned()).AddColumn(new GridColumn().NoWrap().RightAligned());
        table.AddRow(new Text("stage", Bold), new Text("time", Bold), new Text("memory", Bold));
        foreach (Stage stage in verification.Stages)
        {
            table.AddRow(stage.Name, Duration.Text(stage.Time), ByteSize.Text(stage.Memory));
        }

        table.AddRow("most at once", "", ByteSize.Text(verification.PeakMemory));
        output.Write(table);
        output.WriteLine();
        output.MarkupLineInterpolated(good
            ? (FormattableString)$"[green]Good.[/] {model.Path} gives attention, and merging makes {Plural.Of(verification.Segments!.Value, "segment")} of the picture."
            : $"[red]Not good.[/] {model.Path} does not give attention: see the lines marked BAD.");
    }

    private static readonly Style Bold = new(decoration: Decoration.Bold);
}
