using System.Net;
using System.Text.Json;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Viewing;

/// <summary>Masks of earlier runs, beside the live ones.</summary>
public sealed class StoredMaskTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public StoredMaskTests()
    {
        TestPicture.SaveFields(_folder["photos/a.png"], 60, 40);
        TestPicture.SaveFields(_folder["photos/a.jpg"], 60, 40);
        TestPicture.SaveFields(_folder["photos/b.jpg"], 60, 40);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Mask_beside_the_picture_is_found()
    {
        Store("photos/b.mask.png", [0, 0, 1, 2, 2, 1], 2);
        await using RunningViewer viewer = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "photos");

        Assert.False((await viewer.JsonAsync("/api/pictures/0/mask")).GetProperty("stored").GetBoolean());
        Assert.True((await viewer.JsonAsync("/api/pictures/2/mask")).GetProperty("stored").GetBoolean());
        JsonElement mask = await viewer.JsonAsync("/api/pictures/2/stored");

        Assert.Equal((3, 2), (mask.GetProperty("width").GetInt32(), mask.GetProperty("height").GetInt32()));
        Assert.Equal([0, 2, 1, 1, 2, 2, 1, 1], mask.GetProperty("runs").EnumerateArray().Select(run => run.GetInt32()));
        Assert.Equal(3, mask.GetProperty("segments").GetArrayLength());
    }

    [Fact]
    public async Task Mask_in_a_folder_of_results_has_the_name_that_segment_gave_it()
    {
        Store("masks/a.png.mask.png", [0, 0, 0, 0, 0, 0], 2);
        await using RunningViewer viewer = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "photos", "--masks", "masks");

        Assert.Equal("There is no stored mask of this picture.", await viewer.ProblemAsync("/api/pictures/0/stored", HttpStatusCode.NotFound));
        Assert.Equal(1, (await viewer.JsonAsync("/api/pictures/1/stored")).GetProperty("segments").GetArrayLength());
    }

    [Fact]
    public async Task Damaged_mask_is_told()
    {
        _folder.Write("photos/b.mask.png", "a text"u8);
        await using RunningViewer viewer = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "photos");
        Assert.StartsWith("The stored mask b.mask.png cannot be read: ", await viewer.ProblemAsync("/api/pictures/2/stored", HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task A_thousand_labels_arrive_exactly()
    {
        ushort[] labels = [.. Enumerable.Range(0, 2400).Select(i => (ushort)(i % 1200))];
        Store("photos/b.mask.png", labels, 40);
        await using RunningViewer viewer = await RunningViewer.StartAsync(_folder.Path, new FakeEncoder(), "photos");

        JsonElement mask = await viewer.JsonAsync("/api/pictures/2/stored");

        int[] runs = [.. mask.GetProperty("runs").EnumerateArray().Select(run => run.GetInt32())];
        Assert.Equal(labels, runs.Chunk(2).SelectMany(run => Enumerable.Repeat((ushort)run[0], run[1])));
        Assert.Equal(1200, mask.GetProperty("segments").GetArrayLength());
    }

    [Theory]
    [InlineData(new ushort[] { }, new int[] { })]
    [InlineData(new ushort[] { 7 }, new[] { 7, 1 })]
    [InlineData(new ushort[] { 65535, 65535, 0, 65535 }, new[] { 65535, 2, 0, 1, 65535, 1 })]
    public void Runs_are_label_and_length(ushort[] labels, int[] runs) => Assert.Equal(runs, LabelRuns.Of(labels));

    private void Store(string name, ushort[] labels, int height)
    {
        using var stream = new MemoryStream();
        LabelPng.Write(stream, labels, height, labels.Length / height);
        _folder.Write(name, stream.ToArray());
    }
}
