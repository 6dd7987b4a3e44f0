using System.Text.Json;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Segmenting;

/// <summary>The run around the segmenter, which is a fake here.</summary>
public sealed class SegmentRunTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public SegmentRunTests() => _tool = new ToolRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pictures_become_masks_lines_and_a_summary()
    {
        _folder.Touch("p/a.jpg");
        _folder.Touch("p/b.jpg");

        (int code, string output, string error) = await _tool.Run("segment", "p", "-o", "out", "--no-overlay");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            [1/2] p/a.jpg: 3 segments, 3 x 2, 1.00 s
            [2/2] p/b.jpg: 3 segments, 3 x 2, 1.00 s
            2 images, 6 segments in 5.00 s (2.50 s each).
            Results in {_folder["out"]}: *.mask.png with a label per pixel.

            """.ReplaceLineEndings("\n"),
            output);
        Assert.Equal(["out/a.mask.png", "out/b.mask.png", "p/a.jpg", "p/b.jpg"], _folder.Files);
        using FileStream file = File.OpenRead(_folder["out/a.mask.png"]);
        LabelImage mask = LabelPng.Read(file);
        Assert.Equal((2, 3), (mask.Height, mask.Width));
        Assert.Equal(FakeSegmenter.Labels, mask.Labels.ToArray());
        Assert.True(_tool.Segmenter.Disposed);
    }

    [Fact]
    public async Task Overlay_is_written_beside_the_mask()
    {
        _folder.Touch("a.jpg");
        _tool.Segmenter.Overlay = true;

        (_, string output, _) = await _tool.Run("segment", "a.jpg", "-o", "out");

        Assert.Equal(["a.jpg", "out/a.mask.png", "out/a.overlay.png"], _folder.Files);
        Assert.EndsWith("out: *.overlay.png to look at, *.mask.png with a label per pixel.\n", output);
    }

    [Fact]
    public async Task Results_are_in_masks_when_no_folder_is_given()
    {
        _folder.Touch("a.jpg");

        await _tool.Run("segment", "a.jpg");

        Assert.Contains("masks/a.mask.png", _folder.Files);
    }

    [Fact]
    public async Task Bad_pictures_are_reported_and_skipped_wherever_they_fail()
    {
        _folder.Touch("1.jpg");
        _folder.Write("2.jpg", "a text"u8);
        _folder.Touch("3.jpg");
        _folder.Touch("4.jpg");
        _tool.Segmenter.Failures["3.jpg"] = new InvalidOperationException("its attention is\nnot attention");

        (int code, string output, string error) = await _tool.Run("segment", ".", "-o", "out", "--no-overlay");

        Assert.Equal(1, code);
        Assert.Equal(
            $"skipped {Path.Combine(".", "2.jpg")}: is a text, not a picture\n"
            + $"skipped {Path.Combine(".", "3.jpg")}: its attention is not attention\n"
            + "2 of 4 images skipped, for the reasons above.\n",
            error);
        Assert.Contains("[4/4] ", output);
        Assert.Contains("2 images, 6 segments", output);
        Assert.Equal(["1.mask.png", "4.mask.png"], Results());
        Assert.Equal(["1.jpg", "3.jpg", "4.jpg"], _tool.Segmenter.Seen);
    }

    [Fact]
    public async Task Picture_that_vanishes_during_the_run_is_skipped()
    {
        _folder.Touch("1.jpg");
        _folder.Touch("2.jpg");
        _tool.Segmenter.Before = image => File.Delete(_folder["2.jpg"]);

        (int code, _, string error) = await _tool.Run("segment", ".", "-o", "out");

        Assert.Equal(1, code);
        Assert.Contains("2.jpg: is not there", error);
    }

    [Fact]
    public async Task Result_that_cannot_be_written_fails_its_picture_only()
    {
        _folder.Touch("1.jpg");
        _folder.Touch("2.jpg");
        Directory.CreateDirectory(_folder["out/1.mask.png"]);

        (int code, _, string error) = await _tool.Run("segment", ".", "-o", "out", "--no-overlay", "--json");

        Assert.Equal(1, code);
        Assert.Contains("1.jpg: its results cannot be written: ", error);
        Assert.Equal(["2.mask.png", "coco.json"], Results());
        Assert.Equal(["2.jpg"], CocoImages());
    }

    [Fact]
    public async Task No_picture_done_means_no_summary()
    {
        _folder.Write("1.jpg", "a text"u8);

        (int code, string output, string error) = await _tool.Run("segment", "1.jpg");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains("1 of 1 image skipped", error);
    }

    [Fact]
    public async Task Quiet_says_only_what_went_wrong()
    {
        _folder.Touch("1.jpg");
        _folder.Write("2.jpg", "a text"u8);

        (_, string output, string error) = await _tool.Run("segment", ".", "-q");

        Assert.Equal("", output);
        Assert.Contains("is a text", error);
    }

    [Fact]
    public async Task Coco_file_lists_all_pictures_by_their_path_beneath_the_common_folder()
    {
        _folder.Touch("p/x/a.jpg");
        _folder.Touch("p/y/a.jpg");
        _folder.Touch("p/b.jpg");

        (_, string output, _) = await _tool.Run("segment", "p", "-r", "--json", "-o", "out");

        Assert.EndsWith("all segments in coco.json.\n", output);
        Assert.Equal(["b.jpg", "x/a.jpg", "y/a.jpg"], CocoImages());
        Assert.Equal(["b.mask.png", "coco.json", "x-a.mask.png", "y-a.mask.png"], Results());
        Assert.Equal(9, Coco().GetProperty("annotations").GetArrayLength());
    }

    [Fact]
    public async Task Stopped_run_keeps_what_is_whole_and_says_so()
    {
        foreach (string name in new[] { "1.jpg", "2.jpg", "3.jpg" })
        {
            _folder.Touch(name);
        }

        using var stop = new CancellationTokenSource();
        _tool.CancellationToken = stop.Token;
        _tool.Segmenter.Before = image =>
        {
            if (image.Path.EndsWith("2.jpg", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        };

        (int code, string output, string error) = await _tool.Run("segment", ".", "-o", "out", "--json");

        Assert.Equal(130, code);
        Assert.Equal("stopped after 2 of 3 images; what is written is whole.\n", error);
        Assert.Contains("2 images, 6 segments", output);
        Assert.Equal(["1.mask.png", "2.mask.png", "coco.json"], Results());
        Assert.Equal(["1.jpg", "2.jpg"], CocoImages());
    }

    [Fact]
    public async Task Second_run_replaces_the_results_and_does_not_take_them_for_pictures()
    {
        _folder.Touch("a.jpg");
        _tool.Segmenter.Overlay = true;
        await _tool.Run("segment", ".", "-o", ".");

        (int code, _, _) = await _tool.Run("segment", ".", "-o", ".");

        Assert.Equal(0, code);
        Assert.Equal(["a.jpg", "a.mask.png", "a.overlay.png"], _folder.Files);
    }

    private string[] Results() =>
        [.. _folder.Files.Where(file => file.StartsWith("out/", StringComparison.Ordinal)).Select(file => file["out/".Length..])];

    private JsonElement Coco() => JsonDocument.Parse(File.ReadAllBytes(_folder["out/coco.json"])).RootElement;

    private string?[] CocoImages() =>
        [.. Coco().GetProperty("images").EnumerateArray().Select(image => image.GetProperty("file_name").GetString())];
}
