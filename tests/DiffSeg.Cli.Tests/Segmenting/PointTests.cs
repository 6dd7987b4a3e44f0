using System.Text.Json;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Tests.Segmenting;

/// <summary>"segment --point" with the demo model.</summary>
public sealed class PointTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public PointTests() => _tool = new ToolRun(_folder.Path) { Real = true };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("20,20", 1, 0, 0, 0)]
    [InlineData("180,20", 0, 1, 0, 0)]
    [InlineData("20,100", 0, 0, 1, 0)]
    [InlineData("180,100", 0, 0, 0, 1)]
    public async Task The_mask_is_1_under_the_point_and_0_elsewhere(string point, int first, int second, int third, int fourth)
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        (int code, string output, string error) = await _tool.Run("segment", "fields.png", "-o", "out", "--point", point);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("1 segment, 200 x 120", output);
        LabelImage mask = Mask("fields");
        Assert.Equal((120, 200), (mask.Height, mask.Width));
        Assert.Equal([first, second, third, fourth], Corners(mask));
        Assert.InRange(mask.Labels.ToArray().Count(label => label == 1), 5_500, 6_500);
    }

    [Fact]
    public async Task More_points_add_and_background_points_cut()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        await _tool.Run("segment", "fields.png", "-o", "both", "--point", "20,20", "--point", "180,20", "--background-point", "20,100");

        using FileStream file = File.OpenRead(_folder["both/fields.mask.png"]);
        Assert.Equal([1, 1, 0, 0], Corners(LabelPng.Read(file)));
    }

    [Fact]
    public async Task The_overlay_shows_the_segment_and_dims_the_rest()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        await _tool.Run("segment", "fields.png", "-o", "out", "--point", "20,20");

        using MLImage before = MLImage.CreateFromFile(_folder["fields.png"]);
        using MLImage after = MLImage.CreateFromFile(_folder["out/fields.overlay.png"]);
        Assert.Equal((200, 120), (after.Width, after.Height));
        int outside = 4 * ((100 * 200) + 180), inside = 4 * ((20 * 200) + 20);
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.InRange(after.Pixels[outside + channel] - (before.Pixels[outside + channel] / 2.0), -1, 1);
        }

        byte[] colour = before.PixelFormat == MLPixelFormat.Rgba32
            ? [Palette.Standard[0].Red, Palette.Standard[0].Green, Palette.Standard[0].Blue]
            : [Palette.Standard[0].Blue, Palette.Standard[0].Green, Palette.Standard[0].Red];
        Assert.All(Enumerable.Range(0, 3), c => Assert.InRange(
            after.Pixels[inside + c] - ((before.Pixels[inside + c] + colour[c]) / 2.0), -1, 1));
    }

    [Fact]
    public async Task The_coco_file_has_the_segment_alone()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        await _tool.Run("segment", "fields.png", "-o", "out", "--point", "20,20", "--json", "--no-overlay");

        JsonElement coco = JsonDocument.Parse(File.ReadAllBytes(_folder["out/coco.json"])).RootElement;
        JsonElement annotation = Assert.Single(coco.GetProperty("annotations").EnumerateArray());
        Assert.Equal(1, annotation.GetProperty("segment_id").GetInt32());
        Assert.Equal(Mask("fields").Labels.ToArray().Count(label => label == 1), annotation.GetProperty("area").GetInt32());
        Assert.False(File.Exists(_folder["out/fields.overlay.png"]));
    }

    [Fact]
    public async Task A_picture_that_the_point_misses_is_skipped_and_says_its_size()
    {
        TestPicture.SaveFields(_folder["p/a.png"], 100, 60);
        TestPicture.SaveFields(_folder["p/b.png"], 200, 120);
        File.WriteAllBytes(_folder["p/c.png"], TestPicture.Undecodable);

        (int code, string output, string error) = await _tool.Run("segment", "p", "-o", "out", "--point", "150,20");

        Assert.Equal(1, code);
        Assert.Contains($"skipped {Path.Combine("p", "a.png")}: the point 150,20 lies outside the picture, which is 100 x 60 pixels", error);
        Assert.Contains($"skipped {Path.Combine("p", "c.png")}: cannot be decoded", error);
        Assert.Contains("p/b.png: 1 segment", output.Replace('\\', '/'));
        Assert.False(File.Exists(_folder["out/a.mask.png"]));
        Assert.Equal([0, 1, 0, 0], Corners(Mask("b")));
    }

    private static int[] Corners(LabelImage mask) =>
        [.. new[] { (20, 20), (180, 20), (20, 100), (180, 100) }.Select(at => (int)mask.Labels[(at.Item2 * mask.Width) + at.Item1])];

    private LabelImage Mask(string name)
    {
        using FileStream file = File.OpenRead(_folder[$"out/{name}.mask.png"]);
        return LabelPng.Read(file);
    }
}
