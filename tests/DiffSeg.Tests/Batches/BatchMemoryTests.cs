using DiffSeg.Batches;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Tests.Batches;

/// <summary>A chunk may have any number of images: what a writer keeps does not grow with them.</summary>
[Collection(Alone.Name)]
public class BatchMemoryTests
{
    private const int Side = 64;

    [Theory]
    [MemberData(nameof(SampleBatch.Formats), MemberType = typeof(SampleBatch))]
    public void Memory_does_not_grow_with_the_images(BatchFormat format)
    {
        const int Images = 3000;
        using var folder = new TestFolder();
        BatchPlan plan = BatchPlan.Create(Enumerable.Range(0, Images).Select(Id), new BatchOptions { ChunkSize = Images, Format = format });
        BatchFolder batch = BatchFolder.Open(folder.Root, plan);
        ushort[] labels = [.. Enumerable.Range(0, Side * Side).Select(i => (ushort)(i * 7 / (Side * Side)))];
        long early = 0, late = 0;
        using (ChunkWriter writer = batch.Begin(0))
        {
            for (int i = 0; i < Images; i++)
            {
                if (i % 5 == 3)
                {
                    writer.AddFailure(Id(i), "It is cut off.");
                }
                else
                {
                    writer.Add(Id(i), labels, Side, Side);
                }

                if (i == 700)
                {
                    early = GC.GetTotalMemory(forceFullCollection: true);
                }
            }

            late = GC.GetTotalMemory(forceFullCollection: true);
            writer.Complete();
        }

        // Ten bytes for each image would be 23,000; the masks are 150 bytes each. A Parquet file's end tells of each group of
        // 256 rows, and some of them are kept until their group is whole.
        Assert.InRange(late - early, long.MinValue, format == BatchFormat.Parquet ? 60_000 : 16_000);
        Assert.True(batch.Verify().IsSound);
    }

    private static string Id(int index) => $"photos/{index}.jpg";
}
