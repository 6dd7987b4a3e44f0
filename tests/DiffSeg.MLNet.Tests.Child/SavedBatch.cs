using System.Globalization;
using DiffSeg.MLNet.Tests.Batches;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Child;

/// <summary>How much memory the saving of a batch keeps, row after row.</summary>
internal static class SavedBatch
{
    private const int Rows = 7500, Early = 1500;

    /// <summary>Managed bytes of the process after the early rows and after all of them.</summary>
    /// <param name="output">Folder of the batch.</param>
    public static string[] Measure(string output)
    {
        var ml = new MLContext(seed: 1);
        var watch = new Watch();
        ml.Segmentation().SaveBatch(SavedRow.View(ml, Rows, side: 48), output, new() { Batch = new() { ChunkSize = 500 } }, watch);
        return [.. watch.Bytes.Select(bytes => bytes.ToString(CultureInfo.InvariantCulture))];
    }

    private sealed class Watch : IProgress<BatchProgress>
    {
        public List<long> Bytes { get; } = new(2);

        public void Report(BatchProgress value)
        {
            if (value.Done is Early or Rows)
            {
                Bytes.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }
}
