using DiffSeg.Cli.Batching;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>What is no fault of an image: a machine that fails, a full disk, a share that goes away.</summary>
public sealed class BatchFaultTests : IDisposable
{
    private readonly BatchRunner _batch = new(images: 12, real: false);

    private FakeSegmenter Segmenter => _batch.Tool.Segmenter;

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task Fault_that_passes_changes_no_byte()
    {
        await _batch.Good("well");
        int faults = 0;
        Segmenter.Before = image =>
        {
            Segmenter.Failures.Clear();
            if (image.Name is "002.png" or "007.png" && faults++ % 2 == 0)
            {
                Segmenter.Failures[image.Name] = new InvalidOperationException("CUDA failure 700");
            }
        };

        (int code, _, string error) = await _batch.Run("out");

        Assert.Equal((0, 4), (code, faults));
        Assert.Equal(["The machine failed at 002.png (2), 1 times in a row: CUDA failure 700", "The machine failed at 007.png (7), 1 times in a row: CUDA failure 700"], Said(error, 4));
        Assert.Equal(_batch.Result("well"), _batch.Result("out"));
    }

    [Fact]
    public async Task Image_that_always_makes_the_machine_fail_has_failed()
    {
        Segmenter.Failures["005.png"] = new InvalidOperationException("shape");

        (int code, _, string error) = await _batch.Run("out", "--max-error-rate", "10%");

        Assert.Equal(0, code);
        Assert.Equal(FaultCount.Tries, Said(error, 4).Length);
        Assert.Equal("shape", _batch.Reason("out", 5));
        Assert.Null(_batch.Reason("out", 6));
    }

    [Fact]
    public async Task Sick_machine_is_given_up_and_leaves_no_failures_behind()
    {
        Segmenter.Before = image =>
        {
            if (image.Name.CompareTo("006.png") >= 0)
            {
                Segmenter.Failures[image.Name] = new InvalidOperationException("CUDA failure 700");
            }
        };

        (int code, _, string error) = await _batch.Run("out", "--max-faults", "5");

        Assert.Equal(75, code);
        Assert.Equal(5, Said(error, 4).Length);
        Assert.Contains("the machine failed 5 times in a row, the last time so: CUDA failure 700", Said(error, 9).Single(), StringComparison.Ordinal);
        Assert.Equal(["batch.json", "chunk-000000.done", "chunk-000000.status.jsonl", "chunk-000000.tar"], _batch.Result("out").Keys);

        Segmenter.Before = _ => { };
        Segmenter.Failures.Clear();
        await _batch.Good("out");
        await _batch.Good("well");
        Assert.Equal(_batch.Result("well"), _batch.Result("out"));
    }

    [Theory]
    [InlineData("000.png", "3")] // From the start on, where a whole chunk takes fewer faults than are taken in a row.
    [InlineData("006.png", "4")] // Within a chunk, of which the last images are too few for that.
    public async Task Sick_machine_records_no_image_as_failed(string from, string chunkSize)
    {
        string[] size = ["--chunk-size", chunkSize, "--max-faults", "1000"];
        bool sick = false;
        Segmenter.Before = image =>
        {
            sick |= image.Name == from;
            if (sick)
            {
                Segmenter.Failures[image.Name] = new InvalidOperationException("CUDA failure 700");
            }
        };

        (int code, _, string error) = await _batch.Run("out", size);

        Assert.Equal(75, code);
        Assert.DoesNotContain(_batch.Rows("out"), row => row.TryGetProperty("reason", out _));
        Assert.Contains("none of the 11 other images that were tried could be segmented here", Said(error, 9).Single(), StringComparison.Ordinal);

        Segmenter.Before = _ => { };
        Segmenter.Failures.Clear();
        await _batch.Good("out", size);
        await _batch.Good("well", size);
        Assert.Equal(_batch.Result("well"), _batch.Result("out"));
    }

    [Fact]
    public async Task Broken_image_is_no_proof_that_the_machine_is_well()
    {
        Segmenter.Failures["003.png"] = OfBrokenFile();
        foreach (string name in new[] { "002.png", "004.png", "005.png" })
        {
            Segmenter.Failures[name] = new InvalidOperationException("CUDA failure 700");
        }

        (int code, _, string error) = await _batch.Run("out", "--max-faults", "7", "--chunk-size", "12");

        Assert.Equal(75, code);
        Assert.Equal(Enumerable.Range(1, 7).Select(row => $"{row} times"), Said(error, 4).Select(line => line.Split(", ")[1][..7]));
    }

    [Theory]
    [InlineData("003.png")]
    [InlineData("000.png", "001.png", "002.png", "003.png")]
    public async Task Images_that_make_a_machine_fail_which_is_well_have_failed(params string[] bad)
    {
        Array.ForEach(bad, name => Segmenter.Failures[name] = new InvalidOperationException("shape"));

        (int code, _, string error) = await _batch.Run("out", "--max-error-rate", "50%");

        Assert.Equal(0, code);
        Assert.Equal(bad, _batch.Rows("out").Where(row => row.TryGetProperty("reason", out _)).Select(row => row.GetProperty("image").GetString()));
        Assert.Equal("The machine segments 004.png (4), so images of chunk 0 that it failed with have failed", Assert.Single(Said(error, 15)));
    }

    [Fact]
    public async Task Images_that_are_all_gone_are_no_failures()
    {
        string all = string.Concat(Enumerable.Range(0, 12).Select(i => $"pictures/{i:D3}.png\n"));
        _batch.Folder.Write("list.txt", System.Text.Encoding.UTF8.GetBytes(all));
        string[] command = ["batch", "list.txt", .. BatchRunner.Command("out")[2..]];
        _batch.Tool = new ToolRun(_batch.Folder.Path) { Real = true, Clock = TimeProvider.System };
        Directory.Move(_batch.Folder["pictures"], _batch.Folder["elsewhere"]);

        (int code, _, string error) = await _batch.Tool.Run(command);

        Assert.Equal(75, code);
        Assert.Contains("'pictures/003.png' failed (is not there)", Said(error, 9).Single(), StringComparison.Ordinal);
        Assert.Empty(_batch.Rows("out"));

        // One that is there shows that the others are really missing.
        Directory.CreateDirectory(_batch.Folder["pictures"]);
        File.Copy(_batch.Folder["elsewhere/009.png"], _batch.Folder["pictures/009.png"]);
        (code, _, error) = await _batch.Tool.Run(command);
        Assert.Equal((1, 11), (code, _batch.Rows("out").Count(row => row.TryGetProperty("reason", out _))));
    }

    [Fact]
    public async Task Nearly_full_disk_is_seen_before_a_chunk_is_begun()
    {
        long free = 1000;
        _batch.Tool = new ToolRun(_batch.Folder.Path) { Clock = TimeProvider.System, Surroundings = new Surroundings { FreeSpace = _ => free -= 400 } };

        (int code, _, string error) = await _batch.Run("out", "--min-free", "500");

        Assert.Equal(75, code);
        Assert.Contains("is nearly full: 200 bytes are free, and", Said(error, 9).Single(), StringComparison.Ordinal);
        Assert.Equal(4, _batch.Result("out").Count);
    }

    [Fact]
    public async Task Disk_that_runs_full_is_75_and_leaves_room()
    {
        SmallDisk? disk = SmallDisk.Mount(_batch.Folder["disk"], kilobytes: 20);
        Assert.SkipWhen(disk is null, "A small file system cannot be mounted here.");
        using (disk)
        {
            (int code, _, string error) = await _batch.Run("disk/out");

            Assert.Equal(75, code);
            Assert.Contains("is full; what was begun of the chunk is removed", Said(error, 9).Single(), StringComparison.Ordinal);
            Assert.DoesNotContain(_batch.Folder.Files, IsHidden);
        }
    }

    [Fact]
    public async Task Heartbeat_that_cannot_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_batch.Folder["out/heartbeat-1-of-1.json"]);

        await _batch.Good("out");

        Assert.DoesNotContain(_batch.Folder.Files, IsHidden);
    }

    [Fact]
    public void List_or_folder_of_images_that_is_gone_is_no_images_fault()
    {
        string list = _batch.Folder.Write("list.txt", "pictures/001.png\n"u8);
        var sources = new InputSources([_batch.Folder["pictures"], list]);
        sources.ThrowIfGone();

        File.Delete(list);

        Assert.Equal($"'{list}', which images come from, is not there any more", Assert.Throws<TemporaryException>(sources.ThrowIfGone).Message);
    }

    [Fact]
    public async Task Another_process_at_the_same_shard_is_75()
    {
        string guard = Path.Combine(_batch.Folder["out"], ".guard", "in-hand-1-of-1");
        using (HandMarker.Take(guard, "x"))
        {
            (int code, _, string error) = await _batch.Run("out");
            Assert.Equal(75, code);
            Assert.Contains("another process is doing this shard", Said(error, 9).Single(), StringComparison.Ordinal);
        }

        await _batch.Good("out");
    }

    [Fact]
    public async Task Bug_is_70_and_told_in_the_log()
    {
        Segmenter.Before = _ => throw new NotImplementedException("a bug");

        (int code, _, string error) = await _batch.Run("out");

        Assert.Equal(70, code);
        Assert.Contains("NotImplementedException", error, StringComparison.Ordinal);
        Assert.Single(Said(error, 13));
        Assert.Equal(["batch.json"], _batch.Result("out").Keys);
    }

    // As the chain tells it; nobody else can make one.
    private SegmentationException OfBrokenFile()
    {
        var ml = new MLContext();
        IDataView rows = ml.Data.LoadFromEnumerable([new { ImagePath = _batch.Folder.Write("broken.png", []) }]);
        using IDisposable chain = ml.Transforms
            .DiffSeg("Mask", "ImagePath", AttentionModel.Load(_batch.Folder["small.onnx"]), new DiffSegMaskOptions { AnchorsPerSide = 8 }).Fit(rows);
        return Assert.Throws<SegmentationException>(() => ((ITransformer)chain).Transform(rows).GetColumn<VBuffer<ushort>>("Mask").Count());
    }

    private static bool IsHidden(string file) => file.Split('/').Any(part => part.StartsWith('.'));

    private static string[] Said(string error, int number) =>
        [.. BatchRunner.Log(error).Where(line => line.Event == number).Select(line => line.Message)];
}
