using CsCheck;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

/// <summary>What verification finds when a file of a batch is not what was written.</summary>
public class DamageTests
{
    private const int Images = 8;

    public static TheoryData<BatchFormat, string> Files =>
    [
        .. from format in Enum.GetValues<BatchFormat>()
           from chunk in new[] { 0, 2 }
           from kind in new[] { format switch { BatchFormat.LabelPngTar => ".tar", BatchFormat.CocoRle => ".coco.jsonl", _ => ".parquet" }, ".status.jsonl", ".done" }
           select new TheoryDataRow<BatchFormat, string>(format, $"chunk-00000{chunk}{kind}"),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_gone_is_found(BatchFormat format, string name) => AssertFound(
        format,
        File.Delete,
        name,
        BatchProblemKind.Missing,
        // A chunk without a record is one that is not done.
        name.EndsWith(".done", StringComparison.Ordinal) ? null : name);

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_cut_off_or_has_something_behind_it_is_found(BatchFormat format, string name)
    {
        AssertFound(format, path => Change(path, bytes => bytes[..^1]), name, BatchProblemKind.Damaged, name);
        AssertFound(format, path => Change(path, _ => []), name, BatchProblemKind.Damaged, name);
        AssertFound(format, path => Change(path, bytes => [.. bytes, (byte)'\n']), name, BatchProblemKind.Damaged, name);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_bit_that_flips_anywhere_is_found(BatchFormat format, string name)
    {
        using var folder = new TestFolder();
        SampleBatch.Of(Images, format).Run(folder.Root);
        BatchFolder batch = BatchFolder.OpenExisting(folder.Root);
        byte[] good = File.ReadAllBytes(folder[name]);
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 7]).Sample(
            (at, bit) =>
            {
                byte[] damaged = [.. good];
                damaged[at] ^= (byte)(1 << bit);
                File.WriteAllBytes(folder[name], damaged);
                Assert.NotEmpty(batch.Verify().Problems);
            },
            iter: 150,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_damaged_chunk_that_is_forgotten_is_written_again(BatchFormat format, string name)
    {
        using var folder = new TestFolder();
        SampleBatch batch = SampleBatch.Of(Images, format);
        batch.Run(folder.Root);
        SortedDictionary<string, string> whole = SampleBatch.Bytes(folder.Root);
        Change(folder[name], bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);

        BatchFolder opened = BatchFolder.OpenExisting(folder.Root);
        int chunk = Assert.Single(opened.Verify().Problems).Chunk!.Value;
        Assert.Equal(name[11] - '0', chunk);
        opened.Forget(chunk);

        Assert.Null(opened.Done(chunk));
        Assert.Equal(whole.Keys.Where(file => file != $"chunk-00000{chunk}.done"), SampleBatch.Bytes(folder.Root).Keys);
        batch.Run(folder.Root);
        Assert.Equal(whole, SampleBatch.Bytes(folder.Root));
    }

    [Fact]
    public void A_chunk_that_is_being_written_is_not_forgotten()
    {
        using var folder = new TestFolder();
        BatchFolder opened = BatchFolder.Open(folder.Root, SampleBatch.Of(Images, BatchFormat.CocoRle).Plan);
        using ChunkWriter writer = opened.Begin(1);

        Assert.Throws<BatchBusyException>(() => opened.Forget(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => opened.Forget(3));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_file_of_another_chunk_is_found(BatchFormat format, string name) =>
        AssertFoundSomehow(format, name, (folder, path) => File.Copy(
            Path.Combine(folder, name.Replace("chunk-000000", "chunk-000001", StringComparison.Ordinal)
                .Replace("chunk-000002", "chunk-000000", StringComparison.Ordinal)),
            path,
            overwrite: true));

    [Fact]
    public void A_plan_that_was_changed_is_no_plan()
    {
        using var folder = new TestFolder();
        SampleBatch batch = SampleBatch.Of(Images, BatchFormat.LabelPngTar);
        batch.Run(folder.Root);
        Change(folder["batch.json"], bytes => [.. bytes, (byte)' ']);

        Assert.Contains("changed after it was written", Assert.Throws<BatchFolderException>(() => BatchFolder.OpenExisting(folder.Root)).Message);
        Assert.Contains("cannot be used", Assert.Throws<BatchFolderException>(() => batch.Run(folder.Root)).Message);
        batch.Run(folder.Root, overwrite: true);
        Assert.True(BatchFolder.OpenExisting(folder.Root).Verify().IsSound);
    }

    [Fact]
    public void Files_that_do_not_belong_there_are_found()
    {
        using var folder = new TestFolder();
        SampleBatch.Of(Images, BatchFormat.LabelPngTar).Run(folder.Root);
        string[] strange = ["chunk-000000.coco.jsonl", "chunk-000003.tar", "chunk-0000000.tar", "notes.txt", "photos"];
        foreach (string name in strange[..^1].Concat([".nfs0001", "heartbeat-1-of-2.json"]))
        {
            folder.Write(name, []);
        }

        Directory.CreateDirectory(folder["photos"]);
        folder.Write(".chunk-000001.tar.abc.tmp", []);

        IReadOnlyList<BatchProblem> found = BatchFolder.OpenExisting(folder.Root).Verify().Problems;

        Assert.Equal(
            strange.Order(StringComparer.Ordinal),
            found.Where(problem => problem.Kind == BatchProblemKind.Strange).Select(problem => problem.File));
        Assert.Equal(
            [".chunk-000001.tar.abc.tmp"],
            found.Where(problem => problem.Kind == BatchProblemKind.Unfinished).Select(problem => problem.File));
        Assert.Equal(strange.Length + 1, found.Count);
    }

    [Fact]
    public void Chunks_that_are_missing_are_named_together()
    {
        using var folder = new TestFolder();
        SampleBatch batch = SampleBatch.Of(10, BatchFormat.LabelPngTar, chunkSize: 1);
        BatchFolder opened = BatchFolder.Open(folder.Root, batch.Plan);
        foreach (int chunk in new[] { 0, 4, 6 })
        {
            batch.Write(opened, chunk);
        }

        BatchVerification found = opened.Verify();

        Assert.Equal(
            ["Chunks 1 to 3 are not done.", "Chunk 5 is not done.", "Chunks 7 to 9 are not done."],
            found.Problems.Select(problem => problem.Message));
        Assert.Equal((3, 3), (found.Statistics.Chunks, found.Statistics.Images));
    }

    private static void AssertFound(BatchFormat format, Action<string> damage, string name, BatchProblemKind kind, string? file)
    {
        using var folder = new TestFolder();
        SampleBatch batch = SampleBatch.Of(Images, format);
        batch.Run(folder.Root);
        SortedDictionary<string, string> whole = SampleBatch.Bytes(folder.Root);
        damage(folder[name]);

        BatchFolder opened = BatchFolder.OpenExisting(folder.Root);
        BatchVerification found = opened.Verify();

        BatchProblem problem = Assert.Single(found.Problems);
        Assert.Equal((kind, file), (problem.Kind, problem.File));
        Assert.Equal(2, found.Statistics.Chunks);

        // What is missing or has another length is done again.
        batch.Run(folder.Root);
        Assert.Equal(whole, SampleBatch.Bytes(folder.Root));
    }

    private static void AssertFoundSomehow(BatchFormat format, string name, Action<string, string> damage)
    {
        using var folder = new TestFolder();
        SampleBatch.Of(Images, format).Run(folder.Root);
        damage(folder.Root, folder[name]);
        Assert.Contains(BatchFolder.OpenExisting(folder.Root).Verify().Problems, problem => problem.File == name);
    }

    private static void Change(string path, Func<byte[], byte[]> change) => File.WriteAllBytes(path, change(File.ReadAllBytes(path)));
}
