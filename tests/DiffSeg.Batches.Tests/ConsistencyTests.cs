using System.Formats.Tar;
using System.Security.Cryptography;
using DiffSeg.Tests.DataSets;

namespace DiffSeg.Batches.Tests;

/// <summary>Chunks whose files are whole, with right hashes, and yet not what they should be.</summary>
public sealed class ConsistencyTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public static TheoryData<string, Func<string[], IEnumerable<string>>> WrongRows => new()
    {
        { "two rows changed places", rows => [rows[1], rows[0], rows[2]] },
        { "a row stands twice", rows => [rows[0], rows[0], rows[1], rows[2]] },
        { "a row is missing", rows => rows[..2] },
        { "a row has another size", rows => [rows[0].Replace("\"height\":3", "\"height\":4", StringComparison.Ordinal), .. rows[1..]] },
        { "a row has another number of segments", rows => [rows[0].Replace("\"segments\":2", "\"segments\":3", StringComparison.Ordinal), .. rows[1..]] },
        { "a failure became a mask", rows => [.. rows[..2], rows[0].Replace("\"index\":0", "\"index\":2", StringComparison.Ordinal)] },
        { "a mask became a failure", rows => ["{\"index\":0,\"image\":\"a\",\"status\":\"failed\",\"reason\":\"lost\"}", .. rows[1..]] },
        { "a status is none", rows => [rows[0].Replace("\"ok\"", "\"fine\"", StringComparison.Ordinal), .. rows[1..]] },
        { "a line is no JSON", rows => ["{", .. rows[1..]] },
        { "a line is empty", rows => ["", .. rows] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(WrongRows))]
    public void Rows_that_do_not_fit_are_found(string what, Func<string[], IEnumerable<string>> change)
    {
        foreach (BatchFormat format in Enum.GetValues<BatchFormat>())
        {
            BatchFolder batch = Whole(format, $"{what} {format}");
            string status = batch.PathOf("chunk-000000.status.jsonl");
            string text = string.Concat(change(File.ReadAllLines(status)).Select(line => line + "\n"));
            Assert.NotEqual(File.ReadAllText(status), text);
            File.WriteAllText(status, text);
            Reseal(batch, record => record);

            BatchProblem problem = Assert.Single(batch.Verify().Problems);
            Assert.Equal((BatchProblemKind.Inconsistent, "chunk-000000.status.jsonl"), (problem.Kind, problem.File));
        }
    }

    [Theory]
    [InlineData("masks changed places")]
    [InlineData("a mask is missing")]
    [InlineData("a mask stands twice")]
    [InlineData("a mask has a time")]
    [InlineData("a mask has another mode")]
    [InlineData("a mask has another name")]
    [InlineData("a mask is no PNG")]
    [InlineData("the tar is none")]
    public void Tars_that_do_not_fit_are_found(string what)
    {
        BatchFolder batch = Whole(BatchFormat.LabelPngTar, what);
        string path = batch.PathOf("chunk-000000.tar");
        List<(string Name, byte[] Png)> masks = [];
        using (var tar = new TarReader(File.OpenRead(path)))
        {
            while (tar.GetNextEntry() is { } entry)
            {
                using var png = new MemoryStream();
                entry.DataStream!.CopyTo(png);
                masks.Add((entry.Name, png.ToArray()));
            }
        }

        switch (what)
        {
            case "masks changed places": masks.Reverse(); break;
            case "a mask is missing": masks.RemoveAt(1); break;
            case "a mask stands twice": masks.Add(masks[1]); break;
            case "a mask has another name": masks[1] = ("1.png", masks[1].Png); break;
            case "a mask is no PNG": masks[1] = (masks[1].Name, [1, 2, 3]); break;
        }

        WriteTar(path, masks, what == "a mask has a time" ? 1 : 0, what == "a mask has another mode" ? UnixFileMode.UserRead : (UnixFileMode)0b110_100_100);
        if (what == "the tar is none")
        {
            File.WriteAllBytes(path, [.. Enumerable.Repeat((byte)'x', 2000)]);
        }

        Reseal(batch, record => record);
        Assert.Equal(BatchProblemKind.Inconsistent, Assert.Single(batch.Verify().Problems).Kind);
    }

    [Theory]
    [InlineData("\"area\":6", "\"area\":5")]
    [InlineData("\"bbox\":[0,", "\"bbox\":[1,")]
    [InlineData("\"size\":[3,4]", "\"size\":[4,3]")]
    [InlineData("\"counts\":\"", "\"counts\":\"~")]
    [InlineData("\"counts\":\"", "\"counts\":\"1")]
    [InlineData("\"segment_id\":0", "\"segment_id\":9")]
    [InlineData("\"image\":\"photos", "\"image\":\"pictures")]
    [InlineData("\"segments\":[{", "\"segments\":[null,{")]
    public void Run_lengths_that_do_not_fit_are_found(string from, string to)
    {
        BatchFolder batch = Whole(BatchFormat.CocoRle, "runs");
        string path = batch.PathOf("chunk-000000.coco.jsonl");
        string text = File.ReadAllText(path);
        int at = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(at >= 0, text);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);
        Reseal(batch, record => record);

        Assert.Equal(BatchProblemKind.Inconsistent, Assert.Single(batch.Verify().Problems).Kind);
    }

    [Fact]
    public void Sums_that_are_wrong_are_found()
    {
        Func<ChunkRecord, ChunkRecord>[] changes =
        [
            record => record with { Segments = record.Segments + 1 },
            record => record with { Failed = 0, Succeeded = 3 },
            record => record with { Images = 2, Succeeded = 1 },
            record => record with { First = 3 },
            record => record with { Chunk = 1 },
            record => record with { PlanSha256 = new string('0', 64) },
            record => record with { Files = [.. record.Files.Reverse()] },
            record => record with { Files = record.Files.Take(1).ToArray() },
        ];
        for (int i = 0; i < changes.Length; i++)
        {
            BatchFolder batch = Whole(BatchFormat.LabelPngTar, $"{i}");
            Reseal(batch, changes[i]);
            Assert.Equal(BatchProblemKind.Inconsistent, Assert.Single(batch.Verify().Problems).Kind);
        }
    }

    [Fact]
    public void Other_images_than_the_plans_are_found()
    {
        SampleBatch batch = SampleBatch.Of(6, BatchFormat.LabelPngTar);
        var others = new SampleBatch([.. batch.Images.Select((image, i) => i == 4 ? image with { Id = "another.jpg" } : image)], BatchFormat.LabelPngTar, 3);
        _ = BatchFolder.Open(_folder.Root, batch.Plan);

        // From its file it does not know the images, only what they hash to.
        BatchFolder folder = BatchFolder.OpenExisting(_folder.Root);
        others.Write(folder, 0);
        others.Write(folder, 1);

        BatchProblem problem = Assert.Single(folder.Verify().Problems);
        Assert.Equal((BatchProblemKind.Inconsistent, null), (problem.Kind, problem.File));
        Assert.Contains("not those of the plan", problem.Message);
    }

    private BatchFolder Whole(BatchFormat format, string name)
    {
        SampleBatch.Of(6, format).Run(_folder[name]);
        BatchFolder batch = BatchFolder.OpenExisting(_folder[name]);
        Assert.True(batch.Verify().IsSound);
        return batch;
    }

    // Makes the record of the first chunk fit its files.
    private static void Reseal(BatchFolder batch, Func<ChunkRecord, ChunkRecord> change)
    {
        ChunkRecord record = batch.ReadRecord(0)!;
        record = record with
        {
            Files = [.. record.Files.Select(file => File.ReadAllBytes(batch.PathOf(file.Name)) is var bytes
                ? new ChunkFile(file.Name, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)))
                : file)],
        };
        File.WriteAllBytes(batch.PathOf("chunk-000000.done"), change(record).ToBytes());
    }

    private static void WriteTar(string path, List<(string Name, byte[] Png)> masks, int time, UnixFileMode mode)
    {
        using var tar = new TarWriter(File.Create(path), TarEntryFormat.Ustar);
        foreach ((string name, byte[] png) in masks)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(png),
                ModificationTime = DateTimeOffset.FromUnixTimeSeconds(time),
                Mode = mode,
            });
        }
    }
}
