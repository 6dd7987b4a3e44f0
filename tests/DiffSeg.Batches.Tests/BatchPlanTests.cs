using System.Text;
using CsCheck;

namespace DiffSeg.Batches.Tests;

public class BatchPlanTests
{
    private static readonly BatchOptions Options = new()
    {
        ChunkSize = 2,
        Settings = new Dictionary<string, string> { ["threshold"] = "1.1", ["fit"] = "pad" },
        Model = "demo",
        ModelSha256 = new string('a', 64),
        ToolVersion = "test 1",
    };

    private static readonly string[] Images = ["a.jpg", "b/ä.jpg", "c.jpg"];

    [Fact]
    public void Its_file_is_readable_and_always_the_same()
    {
        string text = Encoding.UTF8.GetString(PlanFile.Bytes(BatchPlan.Create(Images, Options)));

        // printf 'a.jpg\0b/ä.jpg\0c.jpg\0' | sha256sum
        // printf 'fit\0pad\0threshold\0001.1\0' | sha256sum
        Assert.Equal(
            """
            {
              "format": "diffseg.batch",
              "version": 1,
              "images": 3,
              "images_sha256": "c90247635d298c4c025ac2326bb1eb413976d95264e1ffe9eef791c81b3a5831",
              "chunk_size": 2,
              "output": "png-tar",
              "settings": {
                "fit": "pad",
                "threshold": "1.1"
              },
              "settings_sha256": "2f2237e6d567fbca3e6299c02df1fa3996685e14ce3fdf99ca92c8484d6c2050",
              "model": "demo",
              "model_sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
              "tool_version": "test 1"
            }

            """.ReplaceLineEndings("\n"),
            text);
    }

    [Fact]
    public void Chunks_cover_the_list_and_shards_cover_the_chunks() => Gen.Select(Gen.Int[0, 200], Gen.Int[1, 20], Gen.Int[1, 9]).Sample(
        (images, size, shards) =>
        {
            BatchPlan plan = BatchPlan.Create(Enumerable.Range(0, images).Select(i => $"{i}"), Options with { ChunkSize = size });

            int[] chunks = [.. Enumerable.Range(1, shards).SelectMany(shard => plan.ChunksOf(shard, shards)).Order()];
            Assert.Equal(Enumerable.Range(0, plan.ChunkCount), chunks);
            int[] indices = [.. chunks.Select(plan.RangeOf).SelectMany(range => Enumerable.Range(range.First, range.Count))];
            Assert.Equal(Enumerable.Range(0, images), indices);
            Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(size, plan.RangeOf(chunk).Count));
        });

    [Fact]
    public void A_shard_takes_every_nth_chunk()
    {
        BatchPlan plan = BatchPlan.Create(Enumerable.Range(0, 20).Select(i => $"{i}"), Options);

        Assert.Equal([1, 4, 7], plan.ChunksOf(2, 3));
        Assert.Equal([9], plan.ChunksOf(10, 11));
        Assert.Empty(plan.ChunksOf(11, 11));
    }

    public static TheoryData<string[], BatchOptions, string> Others => new()
    {
        { ["a.jpg", "c.jpg", "b/ä.jpg"], Options, "list of images" },
        { ["a.jpg", "b/ä.jpg"], Options, "images: 3 there, 2 asked for" },
        { ["a.jpgb", "/ä.jpg", "c.jpg"], Options, "list of images" },
        { Images, Options with { ChunkSize = 3 }, "chunk size: 2 there, 3 asked for" },
        { Images, Options with { Format = BatchFormat.CocoRle }, "format: png-tar there, coco-rle asked for" },
        { Images, Options with { Model = "large" }, "model: demo there, large asked for" },
        { Images, Options with { ModelSha256 = new string('b', 64) }, "model's files: SHA-256 aaaaaaaaaaaa... there, SHA-256 bbbbbbbbbbbb... asked for" },
        { Images, Options with { ToolVersion = "test 2" }, "tool: test 1 there, test 2 asked for" },
        { Images, Options with { Settings = new Dictionary<string, string> { ["threshold"] = "1.1" } }, "setting 'fit': pad there, nothing asked for" },
        { Images, Options with { Settings = new Dictionary<string, string> { ["threshold"] = "2", ["fit"] = "pad" } }, "setting 'threshold': 1.1 there, 2 asked for" },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void What_changes_a_mask_changes_the_plan_and_is_named(string[] images, BatchOptions options, string difference)
    {
        BatchPlan plan = BatchPlan.Create(Images, Options);
        BatchPlan other = BatchPlan.Create(images, options);

        Assert.NotEqual(plan.Sha256, other.Sha256);
        Assert.Contains(plan.DifferencesFrom(other), line => line.StartsWith(difference, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_list_gives_the_same_plan()
    {
        BatchPlan plan = BatchPlan.Create(Images, Options);
        BatchPlan other = BatchPlan.Create(Images.ToList(), Options with { Settings = Options.Settings.Reverse().ToDictionary() });

        Assert.Equal(plan.Sha256, other.Sha256);
        Assert.Empty(plan.DifferencesFrom(other));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void Ids_that_no_file_can_hold_are_refused(string id)
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() => BatchPlan.Create(["a", id], Options));
        Assert.Equal("image", problem.ParamName);
    }

    [Fact]
    public void Half_a_character_is_no_id() =>
        Assert.Contains("no Unicode text", Assert.Throws<ArgumentException>(() => BatchPlan.Create(["a" + '\ud800'], Options)).Message);

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Assert.Equal("ChunkSize", Assert.Throws<ArgumentOutOfRangeException>(() => BatchPlan.Create(Images, Options with { ChunkSize = 0 })).ParamName);
        Assert.Equal("Format", Assert.Throws<ArgumentOutOfRangeException>(() => BatchPlan.Create(Images, Options with { Format = (BatchFormat)7 })).ParamName);
        Assert.Equal(
            "Settings",
            Assert.Throws<ArgumentException>(() => BatchPlan.Create(Images, Options with { Settings = new Dictionary<string, string> { ["a"] = null! } })).ParamName);
        BatchPlan plan = BatchPlan.Create(Images, Options);
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.RangeOf(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.RangeOf(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ChunksOf(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => plan.ChunksOf(4, 3));
    }

    [Fact]
    public void No_byte_of_damage_gives_another_plan_or_another_error()
    {
        byte[] good = PlanFile.Bytes(BatchPlan.Create(Images, Options));
        for (int at = 0; at < good.Length; at++)
        {
            foreach (byte change in new byte[] { 1, 2, 0x20, 0x80 })
            {
                byte[] damaged = [.. good];
                damaged[at] ^= change;
                if (Read(damaged) is { } read)
                {
                    Assert.NotEqual(Read(good)!.Sha256, read.Sha256);
                }
            }

            Assert.Null(Read(good[..at]));
        }
    }

    private static BatchPlan? Read(byte[] bytes)
    {
        try
        {
            return PlanFile.Read(bytes);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
