using System.Text.Json;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>"diffseg batch" with the real chain.</summary>
public sealed class BatchCommandTests : IDisposable
{
    private readonly BatchRunner _batch = new(images: 14, everyBroken: 7);

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task Every_image_gets_a_mask_or_a_reason()
    {
        (int code, string output, string error) = await _batch.Run("out", "--max-error-rate", "20%");

        Assert.True(code == 0, error);
        JsonElement[] rows = _batch.Rows("out");
        Assert.Equal(Enumerable.Range(0, 14), rows.Select(row => row.GetProperty("index").GetInt32()));
        Assert.Equal(Enumerable.Range(0, 14).Select(i => $"{i:D3}.png"), rows.Select(row => row.GetProperty("image").GetString()));
        Assert.Equal(("is empty", "is a text, not a picture"), (_batch.Reason("out", 6), _batch.Reason("out", 13)));
        Assert.Equal((4, 30, 40), (rows[0].GetProperty("segments").GetInt32(), rows[0].GetProperty("height").GetInt32(), rows[0].GetProperty("width").GetInt32()));
        Assert.Equal(
            ["batch.json", "chunk-000000.done", "chunk-000000.status.jsonl", "chunk-000000.tar", "chunk-000001.done"],
            _batch.Result("out").Keys.Take(5));
        Assert.Contains("with a mask", output, StringComparison.Ordinal);
        Assert.Contains("14.29 %", output, StringComparison.Ordinal);
        Assert.Contains("is empty", output, StringComparison.Ordinal);
        Assert.Equal(0, (await _batch.Tool.Run("batch", "verify", "out")).Code);
    }

    [Fact]
    public async Task Log_is_lines_of_json()
    {
        (_, _, string error) = await _batch.Run("out");

        (int Event, string Message, JsonElement State)[] log = BatchRunner.Log(error);
        Assert.Equal(1, log[0].Event);
        Assert.Equal((14, 4, "1/1"), (log[0].State.GetProperty("Images").GetInt32(), log[0].State.GetProperty("Chunks").GetInt32(), log[0].State.GetProperty("Shard").GetString()));
        Assert.Equal([0, 1, 2, 3], log.Where(line => line.Event == 2).Select(line => line.State.GetProperty("Chunk").GetInt32()));
        Assert.All(log.Where(line => line.Event == 2).Select(line => line.State), chunk =>
        {
            Assert.InRange(Value(chunk, "SegmentSeconds"), 0, Value(chunk, "Seconds"));
            Assert.Equal(chunk.GetProperty("Images").GetInt32(), Value(chunk, "Rate") * Value(chunk, "Seconds"), 6);
        });
        Assert.All(["LoadSeconds", "ModelSeconds", "MergeSeconds"], stage => Assert.True(log.Where(line => line.Event == 2).Sum(line => line.State.GetProperty(stage).GetDouble()) > 0));
        Assert.Equal("006.png (6) failed: is empty", log.First(line => line.Event == 3).Message);
        Assert.Equal([10, 11], log[^2..].Select(line => line.Event));

        static double Value(JsonElement chunk, string name) => chunk.GetProperty(name).GetDouble();
    }

    [Fact]
    public async Task Log_for_people_is_lines_of_text()
    {
        (_, _, string error) = await _batch.Run("out", "--log", "text");

        Assert.Contains("warn: DiffSeg.Batch[3] 006.png (6) failed: is empty", error, StringComparison.Ordinal);
        Assert.All(error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\d\d:\d\d:\d\d (info|warn|fail): DiffSeg", line));
    }

    [Fact]
    public async Task Quiet_says_only_what_went_wrong()
    {
        (_, string output, string error) = await _batch.Run("out", "--quiet");

        Assert.Equal("", output);
        Assert.Equal([3, 3, 11], BatchRunner.Log(error).Select(line => line.Event));
    }

    [Theory]
    [InlineData("15%", 0)]
    [InlineData("14%", 1)]
    [InlineData("0", 1)]
    public async Task Exit_code_tells_whether_too_many_failed(string rate, int expected)
    {
        Assert.Equal(expected, (await _batch.Run("out", "--max-error-rate", rate)).Code);

        // Nothing is left to do, and the answer is the same.
        (int code, _, string error) = await _batch.Run("out", "--max-error-rate", rate);
        Assert.Equal(expected, code);
        Assert.DoesNotContain(BatchRunner.Log(error), line => line.Event is 2 or 3);
    }

    [Theory]
    [InlineData("png-tar", ".tar")]
    [InlineData("coco-rle", ".coco.jsonl")]
    [InlineData("parquet", ".parquet")]
    public async Task Bytes_do_not_depend_on_threads_and_shards(string format, string extension)
    {
        string[] given = ["--format", format, "--max-error-rate", "1"];
        await _batch.Good("one", given);
        await _batch.Good("threads", [.. given, "--threads", "3"]);
        foreach (int part in new[] { 3, 1, 2 })
        {
            await _batch.Good("parts", [.. given, "--shard", $"{part}/3"]);
        }

        Assert.Equal(4, _batch.Result("one").Keys.Count(name => name.EndsWith(extension, StringComparison.Ordinal)));
        Assert.Equal(_batch.Result("one"), _batch.Result("threads"));
        Assert.Equal(_batch.Result("one"), _batch.Result("parts"));
        Assert.Equal(0, (await _batch.Tool.Run("batch", "verify", "parts")).Code);
    }

    [Fact]
    public async Task Part_is_taken_from_the_scheduler()
    {
        _batch.Tool.Variables["SLURM_ARRAY_TASK_ID"] = "2";
        (_, _, string error) = await _batch.Run("out", "--shards", "4");

        Assert.Contains("shard 3/4 (SLURM_ARRAY_TASK_ID=2 of --shards 4) has 4 images", BatchRunner.Log(error)[0].Message, StringComparison.Ordinal);
        Assert.Contains("chunk-000002.done", _batch.Result("out").Keys);
        Assert.DoesNotContain("chunk-000001.done", _batch.Result("out").Keys);
        Assert.Contains("out/heartbeat-3-of-4.json", _batch.Folder.Files);

        (int code, _, error) = await _batch.Tool.Run("batch", "verify", "out");
        Assert.Equal(1, code);
        Assert.Contains("Chunks 0 to 1 are not done.", error, StringComparison.Ordinal);
        Assert.Contains("Running the batch again does what is missing.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_settings_are_refused_until_the_old_ones_are_thrown_away()
    {
        await _batch.Good("out", "--max-error-rate", "1");

        (int code, _, string error) = await _batch.Run("out", "--kl-threshold", "0.5", "--regions");
        Assert.Equal(2, code);
        string said = string.Join('\n', BatchRunner.Log(error).Select(line => line.Message));
        Assert.Contains("setting 'kl-threshold': 0.7 there, 0.5 asked for", said, StringComparison.Ordinal);
        Assert.Contains("setting 'regions': off there, on asked for", said, StringComparison.Ordinal);
        Assert.Contains("--overwrite throws away what is there", said, StringComparison.Ordinal);

        await _batch.Good("out", "--kl-threshold", "0.5", "--overwrite", "--max-error-rate", "1");
        await _batch.Good("other", "--kl-threshold", "0.5", "--max-error-rate", "1");
        Assert.Equal(_batch.Result("other"), _batch.Result("out"));
    }

    [Fact]
    public async Task Another_list_or_model_is_another_batch()
    {
        await _batch.Good("out", "--max-error-rate", "1");
        File.Delete(_batch.Folder["pictures/013.png"]);
        Assert.Contains("images: 14 there, 13 asked for", (await _batch.Run("out")).Error, StringComparison.Ordinal);

        await _batch.Good("next", "--max-error-rate", "1");
        Evaluating.SmallModel.Write(_batch.Folder["small.onnx"], sharpness: 5);
        Assert.Contains("model\\u0027s files", (await _batch.Run("next")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_tells_where_the_shard_is()
    {
        await _batch.Run("out");

        using var beat = JsonDocument.Parse(File.ReadAllBytes(_batch.Folder["out/heartbeat-1-of-1.json"]));
        Assert.Equal(("done", 14, 2, 0), (
            beat.RootElement.GetProperty("state").GetString(),
            beat.RootElement.GetProperty("images").GetInt32(),
            beat.RootElement.GetProperty("failed").GetInt32(),
            beat.RootElement.GetProperty("left").GetInt32()));
        Assert.Equal((Environment.ProcessId, 0d), (beat.RootElement.GetProperty("process").GetInt32(), beat.RootElement.GetProperty("seconds_left").GetDouble()));
        Assert.True(beat.RootElement.GetProperty("images_per_second").GetDouble() > 0);
        Assert.True(beat.RootElement.GetProperty("started").GetDateTimeOffset() <= beat.RootElement.GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public async Task Limits_keep_large_pictures_from_being_decoded()
    {
        _batch.Folder.Write("pictures/001.png", [.. File.ReadAllBytes(_batch.Folder["pictures/001.png"]), .. new byte[64 << 10]]);

        (int code, _, _) = await _batch.Run("out", "--max-pixels", "1400", "--max-file-size", "64kB");

        Assert.Equal(1, code);
        Assert.Matches(@"^has \d\d,\d\d\d bytes, more than the limit of 65,536$", _batch.Reason("out", 1));
        Assert.Null(_batch.Reason("out", 0));
        Assert.Equal("is 43 x 33 pixels, more than the limit of 1,400 in all", _batch.Reason("out", 3));
    }

    [Fact]
    public async Task Merge_adds_up_all_shards()
    {
        await _batch.Good("out", "--shard", "1/2", "--max-error-rate", "1");
        (int code, string output, string error) = await _batch.Tool.Run("batch", "merge", "out", "--json", "sums.json");
        Assert.Equal(1, code);
        Assert.Contains("2 of 4 chunks are not done", error, StringComparison.Ordinal);

        await _batch.Good("out", "--shard", "2/2", "--max-error-rate", "1");
        (code, output, error) = await _batch.Tool.Run("batch", "merge", "out", "--json", "sums.json");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("small.onnx", output, StringComparison.Ordinal);
        using var sums = JsonDocument.Parse(File.ReadAllBytes(_batch.Folder["sums.json"]));
        Assert.True(sums.RootElement.GetProperty("complete").GetBoolean());
        JsonElement done = sums.RootElement.GetProperty("done");
        Assert.Equal((14, 12, 2), (done.GetProperty("images").GetInt32(), done.GetProperty("succeeded").GetInt32(), done.GetProperty("failed").GetInt32()));
        Assert.Equal(1, done.GetProperty("failures").GetProperty("is empty").GetInt32());
    }

    [Fact]
    public async Task Verify_finds_a_single_wrong_byte()
    {
        await _batch.Good("out", "--max-error-rate", "1");
        byte[] tar = File.ReadAllBytes(_batch.Folder["out/chunk-000001.tar"]);
        tar[700] ^= 1;
        File.WriteAllBytes(_batch.Folder["out/chunk-000001.tar"], tar);

        (int code, string output, string error) = await _batch.Tool.Run("batch", "verify", "out");

        Assert.Equal(1, code);
        Assert.DoesNotContain("Complete and consistent", output, StringComparison.Ordinal);
        Assert.Contains("damaged chunk-000001.tar: Its bytes are not those that were written.", error, StringComparison.Ordinal);

        File.Delete(_batch.Folder["out/chunk-000001.done"]);
        await _batch.Good("out", "--max-error-rate", "1");
        Assert.Equal(0, (await _batch.Tool.Run("batch", "verify", "out")).Code);
    }

    [Theory]
    [InlineData("'nowhere' does not exist", "nowhere", "-o", "out")]
    [InlineData("The list of images 'no.csv' does not exist.", "no.csv", "-o", "out")]
    [InlineData("There is no model file 'x.onnx'", "pictures", "-o", "out", "-m", "x.onnx")]
    [InlineData("is a file; give a folder", "pictures", "-o", "small.onnx", "-m", "small.onnx")]
    [InlineData("--anchors 40 is more than the model", "pictures", "-o", "out", "-m", "small.onnx", "--anchors", "40")]
    public async Task What_cannot_begin_is_said_and_is_2(string part, params string[] arguments)
    {
        (int code, string output, string error) = await _batch.Tool.Run(["batch", .. arguments]);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(BatchRunner.Log(error), line => line.Event == 12 && line.Message.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain("out/batch.json", _batch.Folder.Files);
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("merge")]
    public async Task Folder_without_a_batch_is_said(string command)
    {
        (int code, _, string error) = await _batch.Tool.Run("batch", command, "pictures");

        Assert.Equal(2, code);
        Assert.Contains("holds no batch", error, StringComparison.Ordinal);
    }
}
