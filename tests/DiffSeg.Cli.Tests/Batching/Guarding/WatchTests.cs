using DiffSeg.Cli.Batching.Guarding;
using DiffSeg.Cli.Batching.Running;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiffSeg.Cli.Tests.Batching.Guarding;

/// <summary>Who is blamed for the time that passes.</summary>
public sealed class WatchTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly TestFolder _folder = new();
    private readonly HandClock _clock = new();
    private readonly HandMarker _marker;
    private readonly InHand _hand;
    private readonly Suspects _suspects;
    private readonly List<int> _ended = [];

    public WatchTests()
    {
        _marker = HandMarker.Take(_folder["guard/marker"], "plan");
        _hand = new InHand(_marker, _clock);
        _suspects = new Suspects(_folder["guard"], "plan", Limit);
    }

    public void Dispose()
    {
        _marker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void First_in_hand_is_blamed_for_the_time_since_the_one_before()
    {
        _hand.Take(Image(1));
        _clock.Pass(8);
        _hand.Take(Image(2));
        _hand.Leave();
        _hand.GoOn();
        _clock.Pass(9);
        Look();
        Assert.Empty(_ended);

        _clock.Pass(2);
        Look();

        Assert.Equal([75], _ended);
        Assert.Equal((2, 10d), (_suspects.All.Single().Index, _suspects.All.Single().TookLongerThan));
        Assert.Equal("took longer than 10 s", _suspects.Verdict(2));
    }

    [Fact]
    public void Of_images_that_go_through_the_model_together_none_is_blamed_but_each_tried_alone()
    {
        _hand.Take(Image(1));
        _hand.Take(Image(2));
        _clock.Pass(11);
        Look(oneByOne: false);

        Assert.Equal([1, 2], _suspects.All.Select(suspicion => suspicion.Index));
        Assert.All(_suspects.All, suspicion => Assert.Null(suspicion.Verdict(Limit)));

        _hand.Clear();
        _hand.Take(Image(2));
        _clock.Pass(11);
        Look(oneByOne: false);
        Assert.Equal("took longer than 10 s", _suspects.Verdict(2));
    }

    [Fact]
    public void Folder_that_does_not_answer_is_no_images_fault()
    {
        _hand.Take(Image(1));
        _hand.Take(Image(2));
        _hand.Leave();
        _clock.Pass(11);
        Look();

        Assert.Equal([75], _ended);
        Assert.Empty(_suspects.All);
    }

    [Fact]
    public void Nothing_in_hand_is_nobodys_fault()
    {
        _clock.Pass(1000);
        Look();
        _hand.Take(Image(1));
        Look();
        _hand.Clear();
        _clock.Pass(1000);
        Look();

        Assert.Empty(_ended);
    }

    [Fact]
    public void Marker_tells_what_was_in_hand_and_is_gone_after_an_end_as_it_should_be()
    {
        string path = _folder["other"];
        var marker = HandMarker.Take(path, "plan");
        Assert.Empty(marker.Left);
        marker.Write([123456789, 7]);
        marker.Write([7]);
        string left = ReadShared(path);
        marker.Dispose();
        Assert.False(File.Exists(path));

        File.WriteAllText(path, left);
        using HandMarker next = HandMarker.Take(path, "plan");
        Assert.Equal([7], next.Left);
    }

    // The file is locked; the kernel's copy of it is not.
    private string ReadShared(string path)
    {
        string copy = _folder["copy"];
        using (var process = System.Diagnostics.Process.Start("cp", [path, copy]))
        {
            process.WaitForExit();
        }

        return File.ReadAllText(copy);
    }

    private static BatchImage Image(int index) => new(0, index, 0, new InputImage($"/{index}.png", $"{index}.png"));

    private void Look(bool oneByOne = true) =>
        new Watchdog(_hand, _suspects, Limit, oneByOne, new BatchLog(NullLogger.Instance), _ended.Add).Look();
}
