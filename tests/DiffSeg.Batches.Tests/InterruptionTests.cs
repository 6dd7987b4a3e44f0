using CsCheck;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

/// <summary>A process that ends at any operation on a file; what it leaves, and what the next one makes of it.</summary>
public class InterruptionTests
{
    private const int Images = 7;

    [Theory]
    [MemberData(nameof(SampleBatch.Formats), MemberType = typeof(SampleBatch))]
    public void Killed_at_any_operation_and_started_again_the_bytes_are_the_same(BatchFormat format)
    {
        SampleBatch batch = SampleBatch.Of(Images, format);
        SortedDictionary<string, string> whole = Whole(batch);
        int operations = 0;
        for (bool broke = true; broke; operations++)
        {
            using var folder = new TestFolder();
            broke = Killed(batch, folder.Root, operations);

            AssertNothingWrongButMissing(folder.Root, whole);
            batch.Run(folder.Root);
            Assert.Equal(whole, SampleBatch.Bytes(folder.Root));
            Assert.True(BatchFolder.OpenExisting(folder.Root).Verify().IsSound);
        }

        // Three chunks of a lock, a deletion, and two files each that are created, written, flushed and renamed.
        Assert.InRange(operations, 50, 1000);
    }

    [Fact]
    public void Killed_again_and_again_it_comes_to_the_same_end()
    {
        SampleBatch batch = SampleBatch.Of(Images, BatchFormat.LabelPngTar, chunkSize: 2);
        SortedDictionary<string, string> whole = Whole(batch);
        Gen.Int[0, 120].Array[1, 12].Sample(
            kills =>
            {
                using var folder = new TestFolder();
                foreach (int operations in kills)
                {
                    Killed(batch, folder.Root, operations);
                    AssertNothingWrongButMissing(folder.Root, whole);
                }

                batch.Run(folder.Root);
                Assert.Equal(whole, SampleBatch.Bytes(folder.Root));
            },
            iter: 60);
    }

    [Fact]
    public void Killed_while_another_batch_is_overwritten_it_holds_either_and_the_next_finishes()
    {
        SampleBatch old = SampleBatch.Of(Images + 6, BatchFormat.CocoRle), batch = SampleBatch.Of(Images, BatchFormat.LabelPngTar);
        SortedDictionary<string, string> whole = Whole(batch);
        int operations = 0;
        for (bool broke = true; broke; operations++)
        {
            using var folder = new TestFolder();
            old.Run(folder.Root);
            broke = Killed(batch, folder.Root, operations, overwrite: true);

            AssertNothingWrongButMissing(folder.Root, null);
            batch.Run(folder.Root, overwrite: true);
            Assert.Equal(whole, SampleBatch.Bytes(folder.Root));
        }

        Assert.InRange(operations, 75, 1000);
    }

    [Theory]
    [MemberData(nameof(SampleBatch.Formats), MemberType = typeof(SampleBatch))]
    public void A_full_disk_at_any_operation_leaves_nothing_behind_and_can_be_gone_on_from(BatchFormat format)
    {
        SampleBatch batch = SampleBatch.Of(Images, format);
        SortedDictionary<string, string> whole = Whole(batch);
        for (int operations = 0; ; operations++)
        {
            using var folder = new TestFolder();
            var files = new BrokenFiles(operations, fails: true);
            if (Record.Exception(() => batch.Run(folder.Root, files: files)) is not { } problem)
            {
                // Only what is thrown away anyway may fail in silence.
                Assert.False(files.Broke);
                break;
            }

            Assert.IsType<IOException>(problem);
            Assert.DoesNotContain(SampleBatch.Bytes(folder.Root).Keys, name => name.EndsWith(".tmp", StringComparison.Ordinal));
            batch.Run(folder.Root);
            Assert.Equal(whole, SampleBatch.Bytes(folder.Root));
        }
    }

    [Fact]
    public void A_chunk_that_is_given_up_leaves_nothing()
    {
        SampleBatch batch = SampleBatch.Of(Images, BatchFormat.LabelPngTar);
        using var folder = new TestFolder();
        BatchFolder opened = BatchFolder.Open(folder.Root, batch.Plan);
        using (ChunkWriter writer = opened.Begin(1))
        {
            SampleBatch.Add(writer, batch.Images[3]);
        }

        Assert.Equal(["batch.json"], SampleBatch.Bytes(folder.Root).Keys);
        Assert.Null(opened.Done(1));
        Assert.NotNull(batch.Write(opened, 1));
    }

    private static SortedDictionary<string, string> Whole(SampleBatch batch)
    {
        using var folder = new TestFolder();
        batch.Run(folder.Root);
        return SampleBatch.Bytes(folder.Root);
    }

    // Whether it came so far that it was killed.
    private static bool Killed(SampleBatch batch, string folder, int operations, bool overwrite = false)
    {
        var files = new BrokenFiles(operations);
        Exception? problem = Record.Exception(() => batch.Run(folder, overwrite: overwrite, files: files));
        Assert.True(problem is null or KilledException, problem?.ToString());
        Assert.Equal(files.Broke, problem is not null);
        return files.Broke;
    }

    // Each file with its final name is the whole one.
    private static void AssertNothingWrongButMissing(string folder, SortedDictionary<string, string>? whole)
    {
        foreach ((string name, string bytes) in SampleBatch.Bytes(folder).Where(file => whole is not null && !file.Key.StartsWith('.')))
        {
            Assert.Equal(whole![name], bytes);
        }

        if (File.Exists(Path.Combine(folder, "batch.json")))
        {
            BatchVerification found = BatchFolder.OpenExisting(folder).Verify();
            Assert.All(found.Problems, problem => Assert.True(
                problem.Kind is BatchProblemKind.Missing or BatchProblemKind.Unfinished, problem.ToString()));
        }
    }
}
