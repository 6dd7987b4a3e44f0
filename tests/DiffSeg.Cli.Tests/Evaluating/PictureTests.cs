using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.MLNet;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Evaluating;

public class PictureTests
{
    [Fact]
    public void Padded_picture_has_its_own_tokens_and_its_mask_lies_on_them()
    {
        PicturePlacement placement = PicturePlacement.Of((0, 0, 50, 100), ImageFit.Pad, 64, 64);

        Assert.Equal((16, 0, 32, 64), placement.Place);
        Assert.Equal(new TokenWindow(4, 0, 8, 16), placement.Window(16, 16));
        Assert.Equal(new MaskGrid(50, 100, 0, 0, 8, 16), placement.Grid(16, 16, 50, 100));
    }

    // Bars of 7 pixels where a token is 4: the window begins with a token that is half a bar.
    [Fact]
    public void Mask_begins_within_a_token_where_the_bar_ends_there()
    {
        PicturePlacement placement = PicturePlacement.Of((0, 0, 50, 64), ImageFit.Pad, 64, 64);

        Assert.Equal((7, 0, 50, 64), placement.Place);
        Assert.Equal(new TokenWindow(2, 0, 12, 16), placement.Window(16, 16));
        Assert.Equal(new MaskGrid(50, 64, -0.25, 0, 12.5, 16), placement.Grid(16, 16, 50, 64));
    }

    [Fact]
    public void Cropped_picture_fills_the_input()
    {
        PicturePlacement placement = PicturePlacement.Of((0, 25, 50, 50), ImageFit.Crop, 64, 64);

        Assert.Equal((0, 0, 64, 64), placement.Place);
        Assert.Equal(new TokenWindow(0, 0, 16, 16), placement.Window(16, 16));
        Assert.Equal(new MaskGrid(512, 512, 0, 0, 16, 16), placement.Grid(16, 16, 512, 512));
    }

    // 2 x 2 pixels on 4 x 4: positions -0.25, 0.25, 0.75 and 1.25, the outer ones at the edge.
    [Fact]
    public void Pixels_are_blended_between_their_centres()
    {
        var picture = new PictureBytes([0, 0, 0, 255, 100, 0, 0, 255, 0, 0, 200, 255, 100, 0, 200, 255], 2, 2, PixelOrder.Rgba32);

        float[] pixels = ModelPixels.Of(picture, PicturePlacement.Of((0, 0, 2, 2), ImageFit.Crop, 4, 4), 4, 4);

        float[] red = [.. pixels[..16].Select(Byte)], green = [.. pixels[16..32].Select(Byte)], blue = [.. pixels[32..].Select(Byte)];
        Assert.Equal([0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100], red.Select(value => MathF.Round(value)));
        Assert.All(green, value => Assert.Equal(0, value));
        Assert.Equal([0, 0, 0, 0, 50, 50, 50, 50, 150, 150, 150, 150, 200, 200, 200, 200], blue.Select(value => MathF.Round(value)));

        static float Byte(float value) => (value + 1) * 127.5f;
    }

    [Fact]
    public void Pictures_of_the_gallery_are_resized_as_the_model_is_shown_them()
    {
        var picture = new PictureBytes([0, 9, 200, 255, 100, 9, 0, 255], 1, 2, PixelOrder.Bgra32);

        PictureBytes large = picture.Resized(2, 4), small = large.Resized(1, 1);

        byte[] row = [0, 9, 200, 255, 25, 9, 150, 255, 75, 9, 50, 255, 100, 9, 0, 255];
        Assert.Equal([.. row, .. row], large.Pixels);
        Assert.Equal((2, 4, PixelOrder.Bgra32), (large.Height, large.Width, large.Order));
        Assert.Equal([50, 9, 100, 255], small.Pixels);
    }

    [Fact]
    public void Bars_are_black_and_channels_are_told_apart()
    {
        var picture = new PictureBytes([10, 20, 30, 255, 10, 20, 30, 255], 1, 2, PixelOrder.Bgra32);

        float[] pixels = ModelPixels.Of(picture, PicturePlacement.Of((0, 0, 1, 2), ImageFit.Pad, 4, 4), 4, 4);

        float[] expected = [-1, (30 / 127.5f) - 1, (30 / 127.5f) - 1, -1];
        Assert.Equal(expected, Enumerable.Range(0, 4).Select(row => pixels[4 * row]));
        Assert.Equal((20 / 127.5f) - 1, pixels[16 + 4]);
        Assert.Equal((10 / 127.5f) - 1, pixels[32 + 4]);
    }

    [Fact]
    public void Part_is_cut_row_by_row()
    {
        var picture = new PictureBytes([.. Enumerable.Range(0, 4 * 3 * 4).Select(i => (byte)i)], 3, 4, PixelOrder.Rgba32);

        PictureBytes part = picture.Cut((1, 1, 2, 2));

        Assert.Equal([20, 21, 22, 23, 24, 25, 26, 27, 36, 37, 38, 39, 40, 41, 42, 43], part.Pixels);
    }
}
