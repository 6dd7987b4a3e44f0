using System.Text.Json;
using DiffSeg.Batches;
using DiffSeg.Cli.Batching.Guarding;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>Real processes that are killed, stopped and started beside one another: the bytes are always the same.</summary>
public sealed class BatchProcessTests : IDisposable
{
    private const int User1 = 10;

    private readonly BatchRunner _batch = new(images: 60, everyBroken: 19);

    public void Dispose() => _batch.Dispose();

    [Theory]
    [InlineData("png-tar")]
    [InlineData("coco-rle")]
    public async Task Killed_at_random_moments_and_resumed_it_ends_as_one_run_does(string format)
    {
        string[] given = ["--format", format, "--chunk-size", "2"];
        await _batch.Good("whole", given);
        var random = new Random(17);
        int kills = 0;
        for (bool done = false; !done;)
        {
            using BatchProcess process = Start("out", given);
            if (kills < 5 && await process.HasDoneAsync(random.Next(0, 4)))
            {
                await process.KillAsync();
                kills++;
            }
            else
            {
                (int code, string log) = await process.FinishAsync();
                Assert.True(code == 0, log);
                done = true;
            }
        }

        Assert.Equal(5, kills);
        Assert.Equal(_batch.Result("whole"), _batch.Result("out"));
        Assert.False(Directory.Exists(_batch.Folder["out/.guard"]));
        Assert.Equal(0, (await _batch.Tool.Run("batch", "verify", "out")).Code);
    }

    [Fact]
    public async Task Four_processes_side_by_side_one_of_them_killed_end_as_one_run_does()
    {
        await _batch.Good("whole");
        BatchProcess[] shards = [.. Enumerable.Range(1, 4).Select(i => Start("out", "--shard", $"{i}/4", "--max-error-rate", "1"))];
        try
        {
            Assert.True(await shards[2].HasDoneAsync(1));
            await shards[2].KillAsync();
            foreach (BatchProcess shard in shards.Where((_, i) => i != 2))
            {
                (int code, string log) = await shard.FinishAsync();
                Assert.True(code == 0, log);
            }
        }
        finally
        {
            Array.ForEach(shards, shard => shard.Dispose());
        }

        (int unfinished, _, string error) = await _batch.Tool.Run("batch", "verify", "out");
        Assert.True(unfinished == 1, error);
        using (BatchProcess again = Start("out", "--shard", "3/4", "--max-error-rate", "1"))
        {
            Assert.Equal(0, (await again.FinishAsync()).Code);
        }

        Assert.Equal(_batch.Result("whole"), _batch.Result("out"));
        Assert.Equal(0, (await _batch.Tool.Run("batch", "verify", "out")).Code);
    }

    [Theory]
    [InlineData(ProcessTests.Terminate, 143)]
    [InlineData(User1, 143)]
    [InlineData(ProcessTests.Interrupt, 130)]
    public async Task Asked_to_stop_it_finishes_the_chunk_in_hand(int signal, int expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The signals' numbers are those of Linux.");
        Assert.SkipWhen(ProcessTests.IsIgnored(signal), $"Signal {signal} is ignored here, and the tool inherits that.");
        string[] given = ["--chunk-size", "2", "--grace", "60"];
        await _batch.Good("whole", given);
        using (BatchProcess process = Start("out", given))
        {
            Assert.True(await process.HasDoneAsync(2));
            Assert.Equal(0, ProcessTests.Kill(process.Id, signal));
            (int code, string log) = await process.FinishAsync();

            Assert.True(code == expected, log);
            (int Event, string Message, JsonElement State)[] lines = BatchRunner.Log(log);
            Assert.Equal(8, lines[^1].Event);
            Assert.Equal(60 - (2 * lines.Count(line => line.Event == 2)), lines[^1].State.GetProperty("Left").GetInt32());
        }

        // Nothing is half done, and nobody is blamed for the end.
        Assert.DoesNotContain(_batch.Result("out").Keys, name => name.EndsWith(".tmp", StringComparison.Ordinal));
        Assert.False(Directory.Exists(_batch.Folder["out/.guard"]));
        await _batch.Good("out", given);
        Assert.Equal(_batch.Result("whole"), _batch.Result("out"));
    }

    [Fact]
    public async Task Chunk_that_cannot_be_finished_in_time_is_dropped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The signals' numbers are those of Linux.");
        string[] given = ["--chunk-size", "20"];
        await _batch.Good("whole", given);
        using (BatchProcess process = Start("out", [.. given, "--grace", "0.001"]))
        {
            Assert.True(await process.HasDoneAsync(1));
            Assert.Equal(0, ProcessTests.Kill(process.Id, ProcessTests.Terminate));
            (int code, string log) = await process.FinishAsync();
            Assert.True(code == 143, log);
        }

        await _batch.Good("out", given);
        Assert.Equal(_batch.Result("whole"), _batch.Result("out"));
    }

    [Fact]
    public async Task Folder_of_images_that_goes_away_is_75_and_no_heap_of_failures()
    {
        await _batch.Good("whole");
        using (BatchProcess process = Start("out"))
        {
            Assert.True(await process.HasDoneAsync(1));
            Directory.Move(_batch.Folder["pictures"], _batch.Folder["away"]);
            (int code, string log) = await process.FinishAsync();

            Assert.True(code == 75, log);
            Assert.Contains("which images come from, is not there any more", log, StringComparison.Ordinal);
        }

        Directory.Move(_batch.Folder["away"], _batch.Folder["pictures"]);
        await _batch.Good("out");
        Assert.Equal(_batch.Result("whole"), _batch.Result("out"));
    }

    [Fact]
    public async Task Process_that_takes_too_long_ends_itself_with_75()
    {
        using (BatchProcess process = Start("out", "--time-limit", "0.001"))
        {
            (int code, string log) = await process.FinishAsync();
            Assert.True(code == 75, log);
            Assert.Contains(BatchRunner.Log(log), line => line.Event == 5);
        }

        Assert.Single(Directory.GetFiles(_batch.Folder["out/.guard"], "suspect-*.json"));
        Assert.DoesNotContain("out/.guard/in-hand-1-of-1", _batch.Folder.Files);
    }

    [Fact]
    public async Task Image_that_two_processes_died_with_by_chance_is_tried_in_a_real_process_and_cleared()
    {
        await _batch.Good("whole");
        await _batch.Good("out");
        File.Delete(_batch.Folder["out/chunk-000001.done"]);
        string plan = BatchFolder.OpenExisting(_batch.Folder["out"]).Plan.Sha256;
        new Suspects(_batch.Folder["out/.guard"], plan, TimeSpan.FromSeconds(120)).Died(5, "005.png");
        _batch.Folder.Write("out/.guard/in-hand-1-of-1", System.Text.Encoding.ASCII.GetBytes($"{plan} 5 6\n"));

        using BatchProcess process = Start("out");
        (int code, string log) = await process.FinishAsync();

        Assert.True(code == 0, log);
        Assert.Equal(["005.png (5) was tried in a process of its own; that process survived: True"], BatchRunner.Log(log).Where(line => line.Event == 14).Select(line => line.Message));
        Assert.Equal(_batch.Result("whole"), _batch.Result("out"));
        Assert.False(Directory.Exists(_batch.Folder["out/.guard"]));
    }

    private BatchProcess Start(string output, params string[] arguments) =>
        BatchProcess.Start(_batch.Folder.Path, BatchRunner.Command(output, arguments));
}
