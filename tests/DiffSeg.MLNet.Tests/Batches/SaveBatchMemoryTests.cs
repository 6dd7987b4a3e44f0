using DiffSeg.Batches;
using DiffSeg.MLNet.Tests.Support;

namespace DiffSeg.MLNet.Tests.Batches;

/// <summary>Memory of a process that does nothing but save a batch.</summary>
public sealed class SaveBatchMemoryTests
{
    [Fact]
    public void Memory_does_not_grow_with_the_rows()
    {
        using var folder = new TemporaryFolder();

        long[] bytes = FreshProcess.MeasureSaving(folder.Path);

        // Ten bytes for each row would be 60,000; some buffer of 8 kB comes and goes.
        Assert.Equal(2, bytes.Length);
        Assert.InRange(bytes[1] - bytes[0], long.MinValue, 20_000);
        Assert.True(BatchFolder.OpenExisting(folder.Path).Verify(null, TestContext.Current.CancellationToken).IsSound);
    }
}
