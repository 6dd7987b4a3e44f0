using DiffSeg.Batches.Masks;
using DiffSeg.Tests.DataSets;
using DiffSeg.Tests.Numerics;

namespace DiffSeg.Batches.Tests;

/// <summary>A chunk may have any number of images: what a writer keeps does not grow with them.</summary>
public class BatchMemoryTests
{
    private const int Side = 64;

    private const int ImagesPerGroup = ParquetMasks.RowsPerGroup * 5 / 4;

    [Theory]
    [MemberData(nameof(SampleBatch.Formats), MemberType = typeof(SampleBatch))]
    public void Memory_does_not_grow_with_the_images(BatchFormat format)
    {
        // One image in five fails: whole groups of rows, both.
        const int Early = 2 * ImagesPerGroup, Images = 10 * ImagesPerGroup;
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

                if (i + 1 == Early)
                {
                    early = Reachable.Bytes(writer);
                }
            }

            late = Reachable.Bytes(writer);
            writer.Complete();
        }

        // Nothing at all; but a Parquet file's end tells of each group of rows, of its five columns and where they lie.
        long perGroup = (late - early) / ((Images - Early) / ImagesPerGroup);
        Assert.InRange(perGroup, 0, format == BatchFormat.Parquet ? 5 * 512 : 0);
        Assert.True(batch.Verify().IsSound);
    }

    [Fact]
    public void A_plan_keeps_a_hash_of_each_chunk_and_nothing_of_each_image()
    {
        static long Bytes(int images) => Reachable.Bytes(BatchPlan.Create(Enumerable.Range(0, images).Select(Id), new BatchOptions()));

        Assert.Equal(99 * sizeof(ulong), Bytes(100_000) - Bytes(1_000));
    }

    private static string Id(int index) => $"photos/{index}.jpg";
}
