using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Models;

/// <summary>The models that can be pulled and those that have been, as a table.</summary>
internal static class ModelList
{
    /// <summary>Writes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="catalogue">The models that can be pulled.</param>
    /// <param name="cache">The models that have been.</param>
    public static void Write(IAnsiConsole output, ModelCatalogue catalogue, ModelCache cache)
    {
        var table = new Grid();
        for (int i = 0; i < 3; i++)
        {
            table.AddColumn(new GridColumn().NoWrap().PadRight(3));
        }

        table.AddColumn();
        table.AddRow(Bold("name"), Bold("here"), Bold("licence"), Bold("what it is"));
        table.AddRow(new Text(ModelSource.Demo), new Text("built in"), new Text("MIT"), new Text("colour and texture, no learned weights: a preview"));
        foreach (CatalogueEntry entry in catalogue.Models)
        {
            table.AddRow(new Text(entry.Name), new Text(State(entry, cache)), new Text(entry.Licence.Id), new Text(entry.Title));
        }

        output.Write(table);
        output.WriteLine();
        output.WriteLine($"Pulled models are in {cache.Folder}");
        output.WriteLine("Get one with: diffseg model pull NAME");
    }

    /// <summary>Where a model stands, in a few words.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="cache">The models that have been pulled.</param>
    public static string State(CatalogueEntry entry, ModelCache cache)
    {
        if (cache.Find(entry.Name) is { } model)
        {
            return Built(model);
        }

        if (cache.Holds(entry.Name))
        {
            return "damaged; pull it again";
        }

        string all = ByteSize.Text(entry.DownloadSize);
        return cache.DownloadedBytes(entry.Name) is > 0 and var bytes ? $"{ByteSize.Text(bytes)} of about {all} downloaded" : $"no, a download of about {all}";
    }

    private static string Built(AttentionModel model)
    {
        try
        {
            return $"yes, {ByteSize.Text(ModelFiles.Size(model))}, {model.ImageWidth} x {model.ImageHeight}, {model.WeightPrecision ?? "unknown"}";
        }
        catch (IOException)
        {
            return "damaged; pull it again";
        }
    }

    private static Text Bold(string text) => new(text, new Style(decoration: Decoration.Bold));
}
