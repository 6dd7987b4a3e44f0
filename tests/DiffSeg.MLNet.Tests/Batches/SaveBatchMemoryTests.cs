using DiffSeg.Batches;
using DiffSeg.MLNet.Tests.Exports;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Batches;

/// <summary>Looks at the memory of the whole process, so no other test runs beside it.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class SaveBatchMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        const int Rows = 3000, Early = 300;
        CancellationToken stop = TestContext.Current.CancellationToken;
        MLContext ml = new(seed: 1);
        using var folder = new TemporaryFolder();
        var watch = new Watch(Early, Rows);

        ml.Segmentation().SaveBatch(SavedRow.View(ml, Rows, side: 48), folder.Path, new() { Batch = new() { ChunkSize = 500 } }, watch, stop);

        // Ten bytes for each row would be 27,000, a row's mask is 4,600.
        Assert.InRange(watch.At(Rows) - watch.At(Early), long.MinValue, 20_000);
        Assert.True(BatchFolder.OpenExisting(folder.Path).Verify(null, stop).IsSound);
    }

    private sealed class Watch(params int[] rows) : IProgress<BatchProgress>
    {
        private readonly Dictionary<int, long> _bytes = [];

        public long At(int rows) => _bytes[rows];

        public void Report(BatchProgress value)
        {
            if (rows.Contains(value.Done))
            {
                _bytes[value.Done] = GC.GetTotalMemory(forceFullCollection: true);
            }
        }
    }
}
