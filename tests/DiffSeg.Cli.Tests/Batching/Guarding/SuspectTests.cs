using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Batching.Guarding;

/// <summary>Images that take too long, or that the process dies of.</summary>
public sealed class SuspectTests : IDisposable
{
    private readonly BatchRunner _batch = new(images: 8, real: false);

    private FakeSegmenter Segmenter => _batch.Tool.Segmenter;

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task Image_that_takes_too_long_ends_the_process_and_is_left_out_next_time()
    {
        using var ended = new ManualResetEventSlim();
        int? endedWith = null;
        var clock = new HandClock();
        _batch.Tool = new ToolRun(_batch.Folder.Path)
        {
            Clock = clock,
            Surroundings = new Surroundings
            {
                EndProcess = code =>
                {
                    endedWith = code;
                    ended.Set();
                },
            },
        };

        // The end of the process frees the segmenter, and nothing of its result counts any more.
        Segmenter.Before = image =>
        {
            if (image.Name == "005.png")
            {
                clock.Pass(0.1);
                ended.Wait(TestContext.Current.CancellationToken);
                throw new NotSupportedException("the process is gone");
            }
        };

        (_, _, string error) = await _batch.Run("out", "--time-limit", "0.05");
        Assert.Equal(75, endedWith);
        Assert.Contains(BatchRunner.Log(error), line => line.Event == 5 && line.Message.StartsWith("005.png (5) is taking longer than 0.05 s", StringComparison.Ordinal));
        Assert.Contains("out/.guard/suspect-000000005.json", _batch.Folder.Files);
        Assert.DoesNotContain("out/.guard/in-hand-1-of-1", _batch.Folder.Files);

        _batch.Tool = new ToolRun(_batch.Folder.Path) { Clock = clock };
        await _batch.Good("out", "--time-limit", "0.05", "--max-error-rate", "50%");
        Assert.Equal("took longer than 0.05 s", _batch.Reason("out", 5));
        Assert.DoesNotContain("005.png", Segmenter.Seen);
        Assert.Contains("006.png", Segmenter.Seen);
        Assert.DoesNotContain("out/.guard/suspect-000000005.json", _batch.Folder.Files);
    }

    [Fact]
    public async Task Longer_time_limit_is_another_chance()
    {
        string plan = await Plan();
        new Suspects(_batch.Folder["out/.guard"], plan, TimeSpan.FromSeconds(1)).TookTooLong(6, "006.png", sure: true);

        await _batch.Good("out", "--time-limit", "2");

        Assert.Null(_batch.Reason("out", 6));
        Assert.Contains("006.png", Segmenter.Seen);
    }

    [Theory]
    [InlineData(1, true, 0)]
    [InlineData(2, true, 1)]
    [InlineData(2, false, 1)]
    [InlineData(7, true, 1)]
    public async Task Image_that_two_processes_died_with_has_failed_if_one_of_its_own_dies_too(int deaths, bool survives, int trials)
    {
        string plan = await Plan();
        List<string> tried = [];
        _batch.Tool = new ToolRun(_batch.Folder.Path)
        {
            Clock = TimeProvider.System,
            Surroundings = new Surroundings
            {
                SurvivesImage = (path, _) =>
                {
                    tried.Add(Path.GetFileName(path));
                    return survives;
                },
            },
        };
        for (int death = 1; death < deaths; death++)
        {
            new Suspects(_batch.Folder["out/.guard"], plan, TimeSpan.FromSeconds(120)).Died(5, "005.png");
        }

        // What a killed process leaves.
        _batch.Folder.Write("out/.guard/in-hand-1-of-1", System.Text.Encoding.ASCII.GetBytes($"{plan} 5 6\n      "));
        (int code, _, string error) = await _batch.Run("out", "--max-error-rate", "50%");

        Assert.Equal(0, code);
        Assert.Equal(Enumerable.Repeat("005.png", trials), tried);
        Assert.Equal(survives ? null : "the process died 3 times while it was in hand", _batch.Reason("out", 5));
        Assert.Null(_batch.Reason("out", 6));
        Assert.Equal(
            [$"A process died with 005.png (5) in hand, {Math.Min(deaths, 2)} times by now; it is tried alone", "A process died with 006.png (6) in hand, 1 times by now; it is tried alone"],
            BatchRunner.Log(error).Where(line => line.Event == 6).Select(line => line.Message));
        Assert.False(Directory.Exists(_batch.Folder["out/.guard"]));
    }

    [Fact]
    public async Task Trial_that_is_cut_short_clears_nobody()
    {
        string plan = await Plan();
        using var stop = new CancellationTokenSource();
        _batch.Tool = new ToolRun(_batch.Folder.Path)
        {
            Clock = TimeProvider.System,
            CancellationToken = stop.Token,
            Surroundings = new Surroundings
            {
                SurvivesImage = (_, _) =>
                {
                    stop.Cancel();
                    return true;
                },
            },
        };
        new Suspects(_batch.Folder["out/.guard"], plan, TimeSpan.FromSeconds(120)).Died(5, "005.png");
        _batch.Folder.Write("out/.guard/in-hand-1-of-1", System.Text.Encoding.ASCII.GetBytes($"{plan} 5\n"));

        (int code, _, string error) = await _batch.Run("out");

        Assert.Equal(130, code);
        Assert.DoesNotContain(BatchRunner.Log(error), line => line.Event == 14);
        Assert.Equal(Suspicion.Doubtful, new Suspects(_batch.Folder["out/.guard"], plan, TimeSpan.FromSeconds(120)).Of(5)!.Deaths);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(75, false)]
    [InlineData(130, false)]
    [InlineData(143, false)]
    [InlineData(134, true)] // SIGABRT
    [InlineData(137, true)] // SIGKILL
    [InlineData(139, true)] // SIGSEGV
    [InlineData(-1073741819, true)]
    public void Death_is_told_by_the_exit_code(int code, bool expected) => Assert.Equal(expected, Trial.IsDeath(code));

    [Fact]
    public async Task Process_that_tries_an_image_does_nothing_else()
    {
        _batch.Tool.Variables[Trial.Variable] = _batch.Folder["pictures/003.png"];

        (int code, string output, string error) = await _batch.Run("out");

        Assert.Equal((0, "", ""), (code, output, error));
        Assert.Equal(["003.png"], Segmenter.Seen);
        Assert.DoesNotContain(_batch.Folder.Files, file => file.StartsWith("out/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_another_plan_left_does_not_count()
    {
        await Plan();
        new Suspects(_batch.Folder["out/.guard"], "other", TimeSpan.FromSeconds(120)).TookTooLong(5, "005.png", sure: true);
        _batch.Folder.Write("out/.guard/in-hand-1-of-1", "other 6\n"u8);

        await _batch.Good("out");

        Assert.Null(_batch.Reason("out", 5));
        Assert.Contains("005.png", Segmenter.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"index\": 5")]
    [InlineData("[]")]
    [InlineData("{\"index\": 5, \"image\": null}")]
    public async Task Damaged_record_is_no_evidence(string text)
    {
        await Plan();
        _batch.Folder.Write("out/.guard/suspect-000000005.json", System.Text.Encoding.UTF8.GetBytes(text));

        await _batch.Good("out");

        Assert.Null(_batch.Reason("out", 5));
    }

    // The first chunk is done; the second is left.
    private async Task<string> Plan()
    {
        await _batch.Good("out");
        File.Delete(_batch.Folder["out/chunk-000001.done"]);
        Segmenter.Seen.Clear();
        return BatchFolder.OpenExisting(_batch.Folder["out"]).Plan.Sha256;
    }
}
