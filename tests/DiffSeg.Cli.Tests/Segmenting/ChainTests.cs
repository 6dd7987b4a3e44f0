using DiffSeg.Cli.Tests.Support;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Tests.Segmenting;

/// <summary>The real chain with the demo model.</summary>
public sealed class ChainTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public ChainTests() => _tool = new ToolRun(_folder.Path) { Real = true };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Fields_of_four_colours_become_four_segments_where_they_are()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        (int code, _, string error) = await _tool.Run("segment", "fields.png", "-o", "out");

        Assert.Equal((0, ""), (code, error));
        LabelImage mask = Mask("fields");
        Assert.Equal((120, 200), (mask.Height, mask.Width));
        ushort[] corners = [At(mask, 20, 20), At(mask, 180, 20), At(mask, 20, 100), At(mask, 180, 100)];
        Assert.Equal(4, corners.Distinct().Count());
        Assert.Equal(4, mask.Labels.ToArray().Distinct().Count());
    }

    // ML.NET's own decoder sees the colours of the palette where the labels are, and the overlay between both.
    [Fact]
    public async Task Mask_and_overlay_are_pictures_that_others_read()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);
        await _tool.Run("segment", "fields.png", "-o", "out");

        LabelImage mask = Mask("fields");
        using MLImage seen = MLImage.CreateFromFile(_folder["out/fields.mask.png"]);
        using MLImage picture = MLImage.CreateFromFile(_folder["fields.png"]);
        using MLImage overlay = MLImage.CreateFromFile(_folder["out/fields.overlay.png"]);
        Assert.Equal((200, 120, 200, 120), (seen.Width, seen.Height, overlay.Width, overlay.Height));
        foreach ((int x, int y) in new[] { (20, 20), (180, 20), (20, 100), (180, 100) })
        {
            Rgb colour = Palette.Standard[At(mask, x, y)], before = Pixel(picture, x, y), after = Pixel(overlay, x, y);
            Assert.Equal(colour, Pixel(seen, x, y));
            Assert.InRange(after.Red - ((before.Red + colour.Red) / 2.0), -1, 1);
            Assert.InRange(after.Blue - ((before.Blue + colour.Blue) / 2.0), -1, 1);
        }
    }

    [Fact]
    public async Task Contact_sheet_shows_every_overlay_and_is_no_picture_of_the_next_run()
    {
        for (int i = 0; i < 5; i++)
        {
            TestPicture.SaveFields(_folder[$"photos/{i}.png"], 40, 30);
        }

        (int code, string output, string error) = await _tool.Run("segment", "photos", "-o", "photos", "--contact-sheet");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("all overlays in small on contact-sheet.jpg", output, StringComparison.Ordinal);
        using (MLImage sheet = MLImage.CreateFromFile(_folder["photos/contact-sheet.jpg"]))
        {
            Assert.Equal((8 + (4 * 308), 8 + (2 * 233)), (sheet.Width, sheet.Height));
            // The middles of the first, the fifth and the sixth cell: two pictures, and none.
            Assert.NotEqual(new Rgb(255, 255, 255), Pixel(sheet, 150, 115));
            Assert.NotEqual(new Rgb(255, 255, 255), Pixel(sheet, 150, 348));
            Assert.Equal(new Rgb(255, 255, 255), Pixel(sheet, 458, 348));
        }

        (_, output, _) = await _tool.Run("segment", "photos", "-o", "photos");
        Assert.Contains("5 images", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("original", "pad", 90, 50)]
    [InlineData("64x32", "pad", 64, 32)]
    [InlineData("original", "crop", 50, 50)]
    public async Task Mask_has_the_size_asked_for_and_the_overlay_that_of_the_picture(string size, string fit, int width, int height)
    {
        TestPicture.SaveFields(_folder["fields.png"], 90, 50);

        (int code, _, string error) = await _tool.Run("segment", "fields.png", "-o", "out", "--size", size, "--fit", fit);

        Assert.Equal((0, ""), (code, error));
        LabelImage mask = Mask("fields");
        Assert.Equal((height, width), (mask.Height, mask.Width));
        using MLImage overlay = MLImage.CreateFromFile(_folder["out/fields.overlay.png"]);
        Assert.Equal((90, 50), (overlay.Width, overlay.Height));
    }

    [Fact]
    public async Task Pictures_of_every_kind_are_done_and_those_that_do_not_decode_are_skipped()
    {
        TestPicture.SaveFields(_folder["1-fields.jpg"], 60, 40);
        _folder.Write("2-junk.png", TestPicture.Undecodable);
        TestPicture.Save(_folder["3-pixel.png"], 1, 1, (_, _) => [200, 10, 10, 255]);
        TestPicture.Save(_folder["4-transparent.png"], 30, 30, (x, _) => [200, 10, 10, (byte)(8 * x)]);
        _folder.Write("5-grey.png", GreyPng(40, 30));
        TestPicture.Save(_folder["6-wide.png"], 12_000, 400, (x, _) => x < 6000 ? [250, 240, 10, 255] : [10, 20, 90, 255]);
        _folder.Write("7-text.jpg", "not a picture"u8);
        TestPicture.SaveFields(_folder["8-fields.webp.png"], 40, 60);

        (int code, string output, string error) = await _tool.Run("segment", ".", "-o", "out");

        Assert.True(code == 1, output + error);
        string[] skipped = error.Split('\n');
        Assert.Equal($"skipped {Path.Combine(".", "2-junk.png")}: cannot be decoded: it is damaged, or of a kind that ML.NET does not read", skipped[0]);
        Assert.StartsWith($"skipped {Path.Combine(".", "7-text.jpg")}: is a text", skipped[1]);
        Assert.Equal("2 of 8 images skipped, for the reasons above.", skipped[2]);
        Assert.Contains("6 images, ", output);
        Assert.Equal((1, 1), (Mask("3-pixel").Height, Mask("3-pixel").Width));
        Assert.Equal((30, 40), (Mask("5-grey").Height, Mask("5-grey").Width));
        Assert.Equal((400, 12_000), (Mask("6-wide").Height, Mask("6-wide").Width));
    }

    [Fact]
    public async Task Picture_too_narrow_for_the_model_says_what_to_do()
    {
        TestPicture.Save(_folder["thread.png"], 3, 3000, (_, _) => [1, 2, 3, 255]);

        (int code, _, string error) = await _tool.Run("segment", "thread.png");

        Assert.Equal(1, code);
        Assert.StartsWith("skipped thread.png: A picture of 3x3000 pixels is too narrow", error);
    }

    [Fact]
    public async Task Threads_do_not_change_the_mask()
    {
        TestPicture.SaveFields(_folder["fields.png"], 200, 120);

        await _tool.Run("segment", "fields.png", "-o", "out", "--threads", "1", "--no-overlay");
        byte[] one = File.ReadAllBytes(_folder["out/fields.mask.png"]);
        await _tool.Run("segment", "fields.png", "-o", "out", "--no-overlay");

        Assert.Equal(one, File.ReadAllBytes(_folder["out/fields.mask.png"]));
    }

    [Fact]
    public async Task Runtime_without_a_GPU_says_so_before_any_picture()
    {
        Assert.SkipWhen((await _tool.Run("doctor")).Output.Contains("CUDA device 0 answers"), "This machine has a GPU.");
        TestPicture.SaveFields(_folder["fields.png"], 20, 12);

        (int code, string output, string error) = await _tool.Run("segment", "fields.png", "--gpu", "0");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("error: --gpu 0: ONNX Runtime cannot run ", error);
        Assert.Contains("without --gpu the CPU is used", error);
        Assert.Equal(["fields.png"], _folder.Files);
    }

    private LabelImage Mask(string stem)
    {
        using FileStream file = File.OpenRead(_folder[$"out/{stem}.mask.png"]);
        return LabelPng.Read(file);
    }

    private static ushort At(LabelImage mask, int x, int y) => mask.Labels[(y * mask.Width) + x];

    private static Rgb Pixel(MLImage image, int x, int y)
    {
        ReadOnlySpan<byte> pixel = image.Pixels.Slice(4 * ((y * image.Width) + x), 4);
        return image.PixelFormat == MLPixelFormat.Rgba32 ? new Rgb(pixel[0], pixel[1], pixel[2]) : new Rgb(pixel[2], pixel[1], pixel[0]);
    }

    // A grey picture of 16 bits is what the label writer makes of many labels.
    private static byte[] GreyPng(int width, int height)
    {
        var file = new MemoryStream();
        LabelPng.Write(file, [.. Enumerable.Range(0, width * height).Select(i => (ushort)(i % width < width / 2 ? 9000 : 50_000))], height, width);
        return file.ToArray();
    }
}
