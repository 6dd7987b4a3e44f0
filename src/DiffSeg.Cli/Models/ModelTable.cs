using System.Globalization;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Models;

/// <summary>What an attention model says about itself, as a table.</summary>
internal static class ModelTable
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="model">The model.</param>
    /// <param name="dataFiles">The files beside it that hold its weights.</param>
    public static void Write(IAnsiConsole output, AttentionModel model, IReadOnlyList<string> dataFiles)
    {
        var table = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach ((string name, string value) in Rows(model, dataFiles))
        {
            table.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        }

        output.Write(table);
    }

    private static IEnumerable<(string Name, string Value)> Rows(AttentionModel model, IReadOnlyList<string> dataFiles)
    {
        yield return ("Model", model.Path);
        yield return ("Size", FileSize(model.Path));
        foreach (string file in dataFiles)
        {
            yield return ("Data file", $"{file}, {FileSize(file)}; keep it beside the model");
        }

        yield return ("Image", $"{model.ImageWidth} x {model.ImageHeight} pixels, tensor '{model.InputName}'");
        if (model.BatchSize != 1)
        {
            yield return ("Pictures a run", model.BatchSize is { } count
                ? $"{count}; ML.NET's ApplyOnnxModel runs one at a time and cannot use it"
                : "any number");
        }

        yield return ("Attention", Form(model.Form));
        foreach (AttentionOutput output in model.Outputs)
        {
            yield return ("", $"{output.Shape.Width} x {output.Shape.Height}{Heads(output.Shape)}, tensor '{output.Name}'");
        }

        if (model.FirstMerge is { } merge)
        {
            yield return ("Merged from", $"{merge.AnchorsPerSide} anchors per side; use it with --anchors {merge.AnchorsPerSide} --fit crop, without --refine");
        }

        yield return ("KL threshold", $"{model.RecommendedKlThreshold.ToString(CultureInfo.InvariantCulture)} (recommended; used unless --kl-threshold is given)");
        if (model.TimeStep is { } step)
        {
            yield return ("Time step", step.ToString(CultureInfo.InvariantCulture));
        }

        yield return ("Weights", model.WeightPrecision ?? Unknown);
        yield return ("Source", model.Source ?? Unknown);
        yield return ("Licence", model.License ?? Unknown);
        yield return ("Built by", model.BuilderVersion ?? Unknown);
        if (model.SourceHash is { } hash)
        {
            yield return ("Source hash", hash);
        }
    }

    private const string Unknown = "the file does not say";

    private static string Form(AttentionForm form) => form switch
    {
        AttentionForm.Raw => "one tensor per layer, with all its heads",
        AttentionForm.Layers => "one tensor per layer, heads averaged",
        AttentionForm.Resolutions => "one tensor per resolution, layers and heads averaged",
        AttentionForm.Aggregated => "one tensor, all resolutions aggregated",
        AttentionForm.Merged => "aggregated and merged once, in the graph",
        _ => form.ToString(),
    };

    private static string Heads(AttentionShape shape) => shape.Heads > 1 ? $", {shape.Heads} heads" : "";

    private static string FileSize(string path) => ByteSize.Text(new FileInfo(path).Length);
}
