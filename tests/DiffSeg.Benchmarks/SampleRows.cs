using DiffSeg.MLNet;
using Microsoft.ML;

namespace DiffSeg.Benchmarks;

/// <summary>The sample photos as rows.</summary>
internal static class SampleRows
{
    /// <summary>So many rows of paths; the photos come again and again.</summary>
    public static IDataView Of(MLContext ml, int rows)
    {
        string[] photos = [.. Directory.EnumerateFiles(InputName.Samples)
            .Where(file => Path.GetExtension(file) is ".jpg" or ".png").Order(StringComparer.Ordinal)];
        return ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, rows).Select(row => new ImageSource { ImagePath = photos[row % photos.Length] }));
    }
}
