using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

public sealed class BatchFolderTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(SampleBatch.Formats), MemberType = typeof(SampleBatch))]
    public void Shards_at_the_same_time_write_the_bytes_of_one_process(BatchFormat format)
    {
        SampleBatch batch = SampleBatch.Of(40, format);
        batch.Run(_folder["one"]);

        // All of them find no folder, and one writes the plan.
        using var start = new Barrier(8);
        Thread[] shards = [.. Enumerable.Range(1, 8).Select(shard => new Thread(() =>
        {
            start.SignalAndWait();
            batch.Run(_folder["shards"], shard, 8);
        }))];
        Array.ForEach(shards, shard => shard.Start());
        Array.ForEach(shards, shard => shard.Join());

        Assert.Equal(SampleBatch.Bytes(_folder["one"]), SampleBatch.Bytes(_folder["shards"]));
        Assert.True(BatchFolder.OpenExisting(_folder["shards"]).Verify().IsSound);
    }

    [Fact]
    public void The_same_plan_is_gone_on_with_even_when_others_may_be_overwritten()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.LabelPngTar);
        batch.Run(_folder.Root, shard: 1, shards: 2);
        DateTime[] written = Written();

        batch.Run(_folder.Root, shard: 2, shards: 2, overwrite: true);

        Assert.Equal(written, Written());
        Assert.True(BatchFolder.OpenExisting(_folder.Root).Verify().IsSound);

        DateTime[] Written() => [.. new[] { 0, 2 }.Select(chunk => File.GetLastWriteTimeUtc(_folder[$"chunk-00000{chunk}.tar"]))];
    }

    [Fact]
    public void Another_plan_is_refused_naming_what_differs_unless_it_may_be_overwritten()
    {
        SampleBatch there = SampleBatch.Of(9, BatchFormat.LabelPngTar), asked = SampleBatch.Of(7, BatchFormat.CocoRle);
        there.Run(_folder.Root);
        _folder.Write("heartbeat-1.json", []);

        BatchFolderException problem = Assert.Throws<BatchFolderException>(() => asked.Run(_folder.Root));
        Assert.Equal(_folder.Root, problem.Folder);
        Assert.Equal(
            ["format: png-tar there, coco-rle asked for", "images: 9 there, 7 asked for"],
            problem.Differences.Where(line => !line.StartsWith("list", StringComparison.Ordinal)));
        Assert.Contains("images: 9 there, 7 asked for", problem.Message);
        Assert.True(BatchFolder.OpenExisting(_folder.Root).Verify().IsSound);

        asked.Run(_folder.Root, overwrite: true);
        Assert.True(BatchFolder.OpenExisting(_folder.Root).Verify().IsSound);
        Assert.Equal(asked.Plan.Sha256, BatchFolder.OpenExisting(_folder.Root).Plan.Sha256);
    }

    [Fact]
    public void A_folder_without_a_batch_is_named()
    {
        Assert.Contains("holds no batch", Assert.Throws<BatchFolderException>(() => BatchFolder.OpenExisting(_folder.Root)).Message);
        Assert.Contains("holds no batch", Assert.Throws<BatchFolderException>(() => BatchFolder.OpenExisting(_folder["none"])).Message);
        _folder.Write("batch.json", "{}"u8.ToArray());
        Assert.Contains("cannot be used", Assert.Throws<BatchFolderException>(() => BatchFolder.OpenExisting(_folder.Root)).Message);
        _folder.Write("batch.json", "null"u8.ToArray());
        Assert.Contains("cannot be used", Assert.Throws<BatchFolderException>(() => BatchFolder.OpenExisting(_folder.Root)).Message);
    }

    [Fact]
    public void A_file_where_the_folder_should_be_is_an_IO_error() =>
        Assert.ThrowsAny<IOException>(() => SampleBatch.Of(1, BatchFormat.CocoRle).Run(_folder.Write("taken", [])));

    [Fact]
    public void What_nobody_would_delete_any_more_goes_when_the_folder_is_opened()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.LabelPngTar);
        batch.Run(_folder.Root);
        SortedDictionary<string, string> whole = SampleBatch.Bytes(_folder.Root);
        foreach (string left in new[] { ".batch.json.tmp", ".chunk-000001.done.tmp", ".chunk-000002.tar.abc.tmp" })
        {
            _folder.Write(left, [1]);
        }

        batch.Run(_folder.Root);

        Assert.Equal(whole, SampleBatch.Bytes(_folder.Root));
    }

    [Fact]
    public void What_an_earlier_attempt_left_of_a_chunk_goes_before_its_first_byte_is_written()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.LabelPngTar);
        BatchFolder opened = BatchFolder.Open(_folder.Root, batch.Plan);
        foreach (string left in new[] { "chunk-000001.tar", "chunk-000001.parquet", "chunk-000001.status.jsonl", ".chunk-000001.tar.abc.tmp" })
        {
            _folder.Write(left, [1]);
        }

        opened.Begin(1).Dispose();

        Assert.Equal(["batch.json"], SampleBatch.Bytes(_folder.Root).Keys);
    }

    [Fact]
    public void A_plan_that_a_machine_does_not_see_yet_costs_no_chunk()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.LabelPngTar);
        batch.Run(_folder.Root);
        SortedDictionary<string, string> whole = SampleBatch.Bytes(_folder.Root);
        File.Delete(_folder["batch.json"]);

        BatchFolder opened = BatchFolder.Open(_folder.Root, batch.Plan, overwrite: true);

        Assert.Equal(whole, SampleBatch.Bytes(_folder.Root));
        Assert.All(Enumerable.Range(0, 3), chunk => Assert.NotNull(opened.Done(chunk)));
    }

    [Fact]
    public void Who_goes_on_with_a_batch_that_was_overwritten_is_stopped()
    {
        SampleBatch old = SampleBatch.Of(9, BatchFormat.LabelPngTar), batch = SampleBatch.Of(7, BatchFormat.LabelPngTar);
        BatchFolder late = BatchFolder.Open(_folder.Root, old.Plan);
        old.Write(late, 0);
        batch.Run(_folder.Root, overwrite: true);

        Assert.Contains("replaced or deleted", Assert.Throws<BatchFolderException>(() => late.Begin(0)).Message);
        Assert.True(BatchFolder.OpenExisting(_folder.Root).Verify().IsSound);

        File.Delete(_folder["batch.json"]);
        Assert.Contains("replaced or deleted", Assert.Throws<BatchFolderException>(() => late.Begin(1)).Message);
        _folder.Write("batch.json", [1]);
        Assert.Contains("cannot be used", Assert.Throws<BatchFolderException>(() => late.Begin(1)).Message);
    }

    [Fact]
    public void No_images_are_a_batch_too()
    {
        SampleBatch batch = SampleBatch.Of(0, BatchFormat.LabelPngTar);
        batch.Run(_folder.Root);

        BatchVerification found = BatchFolder.OpenExisting(_folder.Root).Verify();
        Assert.True(found.IsSound);
        Assert.Equal((0, 0, 0d), (found.Statistics.Images, found.Statistics.Chunks, found.Statistics.ErrorRate));
    }

    [Fact]
    public void Verification_tells_its_progress_and_can_be_cancelled()
    {
        SampleBatch batch = SampleBatch.Of(7, BatchFormat.LabelPngTar);
        batch.Run(_folder.Root);
        BatchFolder folder = BatchFolder.OpenExisting(_folder.Root);
        List<int> told = [];
        using var source = new CancellationTokenSource();

        folder.Verify(new Told(told.Add));
        Assert.Equal([1, 2, 3], told);

        Assert.Throws<OperationCanceledException>(() => folder.Verify(new Told(_ => source.Cancel()), source.Token));
    }

    private sealed class Told(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
