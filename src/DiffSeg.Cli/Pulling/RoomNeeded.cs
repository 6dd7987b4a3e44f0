using DiffSeg.Cli.Models;
using DiffSeg.Cli.Reporting;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Pulling;

/// <summary>How much room a model needs on the disk while it is made: its export and, beside it, the model.</summary>
internal static class RoomNeeded
{
    /// <summary>A line that warns of too little room; null where there is enough. The sizes are known roughly only.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="weights">How its weights will be stored.</param>
    /// <param name="folder">Where it is made.</param>
    /// <param name="arrived">Bytes of the export that are there.</param>
    /// <param name="free">Bytes that may still be written there.</param>
    public static string? Warning(CatalogueEntry entry, WeightStorage? weights, string folder, long arrived, long free)
    {
        double share = weights switch { WeightStorage.Float16 => 0.5, WeightStorage.Int8 => 0.25, _ => 1 };
        long kept = entry.Files.Where(file => !file.Path.StartsWith("text_encoder", StringComparison.Ordinal)).Sum(file => file.ExpectedSize ?? 0);
        long needed = Math.Max(entry.DownloadSize - arrived, 0) + (long)(share * kept);
        return needed > free
            ? $"Making '{entry.Name}' takes about {ByteSize.Text(needed)} in '{folder}', and {ByteSize.Text(free)} are free there: it may not fit."
            : null;
    }
}
