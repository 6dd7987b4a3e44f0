using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

public sealed class ChunkWriterTests : IDisposable
{
    private static readonly ushort[] Labels = [0, 0, 7, 0, 7, 7];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_and_record_are_written_as_the_documentation_says()
    {
        BatchFolder folder = Open(BatchFormat.LabelPngTar);
        using (ChunkWriter writer = folder.Begin(0))
        {
            writer.Add("a.jpg", Labels, 2, 3);
            writer.AddFailure("<ä>.jpg", " cut off,\r\n after 7 bytes \t");
            writer.Complete();
        }

        Assert.Equal(
            "{\"index\":0,\"image\":\"a.jpg\",\"status\":\"ok\",\"height\":2,\"width\":3,\"segments\":2}\n"
            + "{\"index\":1,\"image\":\"<ä>.jpg\",\"status\":\"failed\",\"reason\":\"cut off, after 7 bytes\"}\n",
            File.ReadAllText(_folder["chunk-000000.status.jsonl"]));
        ChunkRecord record = folder.Done(0)!;
        string text = File.ReadAllText(_folder["chunk-000000.done"]);
        string hash = text.Split('"')[^2], bare = text.Replace($",\n  \"sha256\": \"{hash}\"\n", "\n", StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bare))), hash);
        Assert.Equal(
            $$"""
            {
              "chunk": 0,
              "first": 0,
              "images": 2,
              "succeeded": 1,
              "failed": 1,
              "segments": 2,
              "plan_sha256": "{{folder.Plan.Sha256}}",
              "compressor": "{{record.Compressor}}",
              "files": [
                {
                  "name": "chunk-000000.tar",
                  "bytes": {{new FileInfo(_folder["chunk-000000.tar"]).Length}},
                  "sha256": "{{record.Files[0].Sha256}}"
                },
                {
                  "name": "chunk-000000.status.jsonl",
                  "bytes": {{new FileInfo(_folder["chunk-000000.status.jsonl"]).Length}},
                  "sha256": "{{record.Files[1].Sha256}}"
                }
              ]
            }

            """.ReplaceLineEndings("\n"),
            bare);
        Assert.Equal(["batch.json", "chunk-000000.done", "chunk-000000.status.jsonl", "chunk-000000.tar"], SampleBatch.Bytes(_folder.Root).Keys);
    }

    [Fact]
    public void Run_lengths_are_a_line_per_mask()
    {
        BatchFolder folder = Open(BatchFormat.CocoRle);
        using (ChunkWriter writer = folder.Begin(1))
        {
            writer.Add("c.jpg", Labels, 2, 3);
            writer.Complete();
        }

        // Down the columns: 0 0 | 0 7 | 7 7.
        Assert.Equal(
            "{\"index\":2,\"image\":\"c.jpg\",\"height\":2,\"width\":3,\"segments\":["
            + "{\"segment_id\":0,\"area\":3,\"bbox\":[0,0,2,2],\"segmentation\":{\"size\":[2,3],\"counts\":\"033\"}},"
            + "{\"segment_id\":7,\"area\":3,\"bbox\":[1,0,2,2],\"segmentation\":{\"size\":[2,3],\"counts\":\"33\"}}]}\n",
            File.ReadAllText(_folder["chunk-000001.coco.jsonl"]));
    }

    [Fact]
    public void A_tar_tells_nothing_but_the_masks()
    {
        BatchFolder folder = Open(BatchFormat.LabelPngTar);
        using (ChunkWriter writer = folder.Begin(1))
        {
            writer.Add("c.jpg", Labels, 2, 3);
            writer.Complete();
        }

        using var tar = new TarReader(File.OpenRead(_folder["chunk-000001.tar"]));
        var entry = Assert.IsType<UstarTarEntry>(tar.GetNextEntry());
        Assert.Equal(("000000002.png", DateTimeOffset.UnixEpoch, 0, 0), (entry.Name, entry.ModificationTime, entry.Uid, entry.Gid));
        Assert.Equal(("", "", "rw-r--r--"), (entry.UserName, entry.GroupName, Text(entry.Mode)));
        Assert.Null(tar.GetNextEntry());
    }

    [Fact]
    public void What_does_not_fit_is_refused_and_the_chunk_can_go_on()
    {
        BatchFolder folder = Open(BatchFormat.LabelPngTar);
        using ChunkWriter writer = folder.Begin(0);
        Assert.Throws<ArgumentException>(() => writer.Add("a.jpg", Labels, 3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Add("a.jpg", [], 0, 3));
        Assert.Throws<ArgumentException>(() => writer.Add("", Labels, 2, 3));
        Assert.Throws<ArgumentException>(() => writer.AddFailure("a\0", "lost"));
        Assert.Throws<ArgumentException>(() => writer.AddFailure("a.jpg", " \n"));
        Assert.Contains("2 images; 0 were added", Assert.Throws<InvalidOperationException>(writer.Complete).Message);

        writer.Add("a.jpg", Labels, 2, 3);
        writer.AddFailure("<ä>.jpg", "lost");
        Assert.Contains("no place", Assert.Throws<InvalidOperationException>(() => writer.Add("c.jpg", Labels, 2, 3)).Message);
        writer.Complete();
        Assert.Throws<InvalidOperationException>(writer.Complete);
        Assert.Throws<InvalidOperationException>(() => writer.AddFailure("d.jpg", "lost"));
    }

    [Fact]
    public void A_chunk_has_one_writer_and_is_written_once()
    {
        BatchFolder folder = Open(BatchFormat.LabelPngTar), twin = BatchFolder.OpenExisting(_folder.Root);
        using (ChunkWriter writer = folder.Begin(1))
        {
            Assert.EndsWith("chunk-000001.done", Assert.Throws<BatchBusyException>(() => twin.Begin(1)).Path);
            twin.Begin(0).Dispose();
            writer.Add("c.jpg", Labels, 2, 3);
            writer.Complete();
        }

        Assert.NotNull(twin.Done(1));
        Assert.Contains("is done already", Assert.Throws<BatchBusyException>(() => twin.Begin(1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => twin.Begin(2));
    }

    [Theory]
    [InlineData("b.jpg", "<ä>.jpg")]
    [InlineData("<ä>.jpg", "a.jpg")]
    [InlineData("a.jpg<ä>", ".jpg")]
    public void Other_images_than_were_planned_are_no_chunk(string first, string second)
    {
        BatchFolder folder = Open(BatchFormat.LabelPngTar);
        using (ChunkWriter writer = folder.Begin(0))
        {
            writer.Add(first, Labels, 2, 3);
            writer.AddFailure(second, "lost");
            Assert.Contains("Chunk 0 was given other images", Assert.Throws<InvalidOperationException>(writer.Complete).Message);
        }

        Assert.Equal(["batch.json"], SampleBatch.Bytes(_folder.Root).Keys);
    }

    [Fact]
    public void A_chunk_is_done_as_soon_as_it_is_complete()
    {
        BatchFolder folder = Open(BatchFormat.CocoRle);
        using ChunkWriter writer = folder.Begin(1);
        writer.Add("c.jpg", Labels, 2, 3);
        ChunkRecord record = writer.Complete();

        // While the writer is still there.
        Assert.Equal(record.Files, folder.Done(1)!.Files);
        Assert.Contains("is done already", Assert.Throws<BatchBusyException>(() => folder.Begin(1)).Message);
    }

    private static string Text(UnixFileMode mode) =>
        string.Concat(Enumerable.Range(0, 9).Select(i => ((int)mode >> (8 - i) & 1) == 1 ? "rwx"[i % 3] : '-'));

    private BatchFolder Open(BatchFormat format) => BatchFolder.Open(
        _folder.Root, BatchPlan.Create(["a.jpg", "<ä>.jpg", "c.jpg"], new BatchOptions { ChunkSize = 2, Format = format }));
}
