using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>Going on after an interruption, and the parts of an evaluation.</summary>
public sealed class EvalResumeTests : IDisposable
{
    private readonly EvalRunner _eval = new(images: 6);

    public void Dispose() => _eval.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_process_is_gone_on_with_where_it_was(bool halfLine)
    {
        await _eval.Good("whole", "--sweep", "iterations=2,3");
        await _eval.Good("out", "--sweep", "iterations=2,3");

        // Two images and one setting of the third are there; a process that is killed may leave half a line.
        string[] journal = _eval.Journal("out");
        string kept = string.Join('\n', journal[..6]) + "\n" + (halfLine ? journal[6][..^20] : "");
        File.WriteAllText(_eval.Folder["out/journal.jsonl"], kept);
        string output = await _eval.Good("out", "--sweep", "iterations=2,3");

        Assert.Contains("The model ran 4 times", output, StringComparison.Ordinal);
        Assert.Contains("2 images done already, 4 to do.", output, StringComparison.Ordinal);
        Assert.Equal(_eval.Figures("whole"), _eval.Figures("out"));
        Assert.Equal(journal[..6], _eval.Journal("out")[..6]);
        Assert.Equal(1 + (6 * 2), _eval.Journal("out").Length);
    }

    [Fact]
    public async Task Finished_evaluation_is_reported_again_without_the_model()
    {
        await _eval.Good("out");
        string before = _eval.Figures("out");
        File.Delete(_eval.Folder["out/metrics.json"]);

        string output = await _eval.Good("out");

        Assert.DoesNotContain("The model ran", output, StringComparison.Ordinal);
        Assert.Equal(before, _eval.Figures("out"));
    }

    [Fact]
    public async Task Stopping_leaves_a_whole_journal_that_the_same_command_goes_on_with()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent the Unix way.");
        for (int i = 6; i < 60; i++)
        {
            MadeUpSet.WriteImage(_eval.Folder, $"p{i:D2}", i % 10);
        }

        string[] command = [.. EvalRunner.Usual, "--output", "out"];
        using (var process = ToolProcess.Start(_eval.Folder.Path, _eval.Tool.Variables, command))
        {
            Assert.True(await process.SaysAsync("[ 2/60]"));
            Assert.Equal(0, ProcessTests.Kill(process.Process.Id, ProcessTests.Terminate));
            (int code, _, string error) = await process.FinishAsync();
            Assert.Equal(130, code);
            Assert.Contains("of 60 images; the same command goes on from there.", error, StringComparison.Ordinal);
        }

        int done = _eval.Journal("out").Length - 1;
        Assert.InRange(done, 2, 59);
        Assert.False(File.Exists(_eval.Folder["out/metrics.json"]));
        string output = await _eval.Good("out");
        Assert.Contains($"The model ran {60 - done} time", output, StringComparison.Ordinal);
        Assert.Equal(60, _eval.Metrics("out")["images"]!.AsArray().Select(image => (string?)image!["id"]).Distinct().Count());
    }

    [Fact]
    public async Task Parts_are_merged_into_what_one_run_gives()
    {
        await _eval.Good("whole", "--method", "diffseg,kmeans-c", "--sweep", "threshold=0.5,0.7");
        for (int part = 1; part <= 4; part++)
        {
            string output = await _eval.Good($"part{part}", "--method", "diffseg,kmeans-c", "--sweep", "threshold=0.5,0.7", "--shard", $"{part}/4");
            Assert.Contains($"Part {part}/4 is done. Parts are missing:", output, StringComparison.Ordinal);
        }

        (int code, _, string error) = await _eval.Tool.Run("eval", "merge", "part3", "part1", "part4", "part2", "--output", "merged");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(_eval.Figures("whole"), _eval.Figures("merged"));
        Assert.Contains("merged/pictures/p05.overlay.jpg", _eval.Folder.Files);
    }

    [Fact]
    public async Task Parts_in_one_folder_are_joined_by_the_last_one()
    {
        await _eval.Good("whole");
        await _eval.Good("out", "--shard", "2/2");
        Assert.False(File.Exists(_eval.Folder["out/metrics.json"]));

        await _eval.Good("out", "--shard", "1/2");

        Assert.Equal(_eval.Figures("whole"), _eval.Figures("out"));
    }

    [Fact]
    public async Task Parts_that_are_missing_or_not_done_or_of_something_else_are_not_merged()
    {
        await _eval.Good("one", "--shard", "1/3");
        await _eval.Good("two", "--shard", "2/3");
        (int code, _, string error) = await _eval.Tool.Run("eval", "merge", "one", "two", "-o", "out");
        Assert.Equal((2, "error: Parts are missing: 3/3. Do them with --shard, and name their folders.\n"), (code, error));

        await _eval.Good("three", "--shard", "3/3", "--kl-threshold", "0.4");
        (code, _, error) = await _eval.Tool.Run("eval", "merge", "one", "two", "three", "-o", "out");
        Assert.Equal(2, code);
        Assert.Contains("are not of one evaluation", error, StringComparison.Ordinal);
        Assert.Contains("run 'DiffSeg': diffseg|small.onnx|0.7|", error, StringComparison.Ordinal);

        await _eval.Good("three", "--shard", "3/3", "--restart");
        File.WriteAllLines(_eval.Folder["three/journal-3-of-3.jsonl"], _eval.Journal("three", "journal-3-of-3.jsonl")[..2]);
        (code, _, error) = await _eval.Tool.Run("eval", "merge", "one", "two", "three", "-o", "out");
        Assert.Equal((2, "error: 1 image of 6 are not done, of the parts 3/3. Go on with them by the commands that began them.\n"), (code, error));

        (code, _, error) = await _eval.Tool.Run("eval", "merge", "set", "-o", "out");
        Assert.Equal((2, "error: 'set' holds no journal of 'diffseg eval'.\n"), (code, error));
        Assert.DoesNotContain(_eval.Folder.Files, file => file.StartsWith("out/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Other_settings_are_refused_until_the_old_ones_are_thrown_away()
    {
        await _eval.Good("out");

        (int code, _, string error) = await _eval.Run("out", "--kl-threshold", "0.5", "--limit", "3", "--matching", "dataset");

        Assert.Equal(2, code);
        Assert.Contains("holds an evaluation with other settings (journal.jsonl):", error, StringComparison.Ordinal);
        Assert.Contains("images: 6 (list ", error, StringComparison.Ordinal);
        Assert.Contains("matching: PerImage there, PerDataSet asked for", error, StringComparison.Ordinal);
        Assert.Contains("run 'DiffSeg': diffseg|small.onnx|0.7|8|3|off|proportional|64 there, diffseg|small.onnx|0.5|8|3|off|proportional|64 asked for", error, StringComparison.Ordinal);
        Assert.Contains("--restart", error, StringComparison.Ordinal);

        await _eval.Good("out", "--kl-threshold", "0.5", "--limit", "3", "--restart");
        Assert.Equal(4, _eval.Journal("out").Length);
    }

    [Fact]
    public async Task Another_model_of_the_same_name_is_another_setting()
    {
        await _eval.Good("out");
        SmallModel.Write(_eval.Folder["small.onnx"], sharpness: 5);

        (int code, _, string error) = await _eval.Run("out");

        Assert.Equal(2, code);
        Assert.Contains("model small.onnx: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damaged_journal_is_told()
    {
        await _eval.Good("out");
        string[] journal = _eval.Journal("out");
        journal[2] = "{\"index\":99,\"image\":\"p00\"}";
        File.WriteAllLines(_eval.Folder["out/journal.jsonl"], journal);

        (int code, _, string error) = await _eval.Run("out");

        Assert.Equal(2, code);
        Assert.Contains("is damaged in line 3: its image is none of the data set. Start again with --restart", error, StringComparison.Ordinal);
    }
}
