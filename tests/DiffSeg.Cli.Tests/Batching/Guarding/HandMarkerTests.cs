using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Tests.Support;

namespace DiffSeg.Cli.Tests.Batching.Guarding;

/// <summary>The files that say what is in hand, and the folder they are in.</summary>
public sealed class HandMarkerTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_last_to_end_takes_the_folder_away()
    {
        HandMarker first = HandMarker.Take(_folder["guard/1"], "plan"), second = HandMarker.Take(_folder["guard/2"], "plan");

        first.Dispose();
        Assert.Equal(["guard/2"], _folder.Files);

        second.Dispose();
        second.Dispose();
        Assert.False(Directory.Exists(_folder["guard"]));
    }

    [Fact]
    public void A_folder_with_suspects_stays()
    {
        HandMarker marker = HandMarker.Take(_folder["guard/1"], "plan");
        new Suspects(_folder["guard"], "plan", TimeSpan.FromSeconds(1)).Died(5, "005.png");

        marker.Dispose();

        Assert.Equal(["guard/suspect-000000005.json"], _folder.Files);
    }

    [Fact]
    public void Shards_that_begin_and_end_all_the_time_do_not_stand_in_each_others_way()
    {
        const int Shards = 4, Times = 300;
        using var start = new Barrier(Shards);
        var problems = new Exception?[Shards];
        Thread[] shards = [.. Enumerable.Range(0, Shards).Select(shard => new Thread(() =>
        {
            start.SignalAndWait();
            problems[shard] = Record.Exception(() =>
            {
                for (int time = 0; time < Times; time++)
                {
                    using HandMarker marker = HandMarker.Take(_folder[$"guard/{shard}"], "plan");
                    marker.Write([time]);
                }
            });
        }))];
        Array.ForEach(shards, shard => shard.Start());
        Array.ForEach(shards, shard => shard.Join());

        Assert.All(problems, Assert.Null);
        Assert.False(Directory.Exists(_folder["guard"]));
    }
}
