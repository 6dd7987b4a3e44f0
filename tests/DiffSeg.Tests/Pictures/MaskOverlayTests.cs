using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

public class MaskOverlayTests
{
    private static readonly OverlayOptions NoLines = new() { OutlineWidth = 0 };

    [Theory]
    [InlineData(PixelOrder.Rgba32, 0.5f)]
    [InlineData(PixelOrder.Bgra32, 0.5f)]
    [InlineData(PixelOrder.Rgba32, 0f)]
    [InlineData(PixelOrder.Bgra32, 1f)]
    [InlineData(PixelOrder.Rgba32, 0.3f)]
    public void Every_pixel_is_the_blend_of_picture_and_colour(PixelOrder order, float opacity)
    {
        // Widths and runs of all lengths around a vector's sixteen bytes.
        for (int width = 1; width <= 37; width++)
        {
            const int Height = 5;
            (byte[] image, ushort[] labels) = Random(Height, width, seed: width);
            var painted = new byte[image.Length];

            MaskOverlay.Paint(image, labels, Height, width, order, painted, NoLines with { Opacity = opacity });

            Assert.Equal(Reference(image, labels, order, opacity), painted);
        }
    }

    [Fact]
    public void Opacity_0_is_the_picture_and_1_the_colour()
    {
        (byte[] image, ushort[] labels) = Random(9, 13, seed: 1);
        var painted = new byte[image.Length];

        MaskOverlay.Paint(image, labels, 9, 13, PixelOrder.Rgba32, painted, NoLines with { Opacity = 0 });
        Assert.Equal(image, painted);

        MaskOverlay.Paint(image, labels, 9, 13, PixelOrder.Rgba32, painted, NoLines with { Opacity = 1 });
        Assert.Equal(Palette.Standard[labels[0]], new Rgb(painted[0], painted[1], painted[2]));
    }

    [Fact]
    public void Painting_over_itself_gives_the_same()
    {
        (byte[] image, ushort[] labels) = Random(20, 33, seed: 2);
        var painted = new byte[image.Length];
        MaskOverlay.Paint(image, labels, 20, 33, PixelOrder.Bgra32, painted);

        MaskOverlay.Paint(image, labels, 20, 33, PixelOrder.Bgra32, image);

        Assert.Equal(painted, image);
    }

    [Theory]
    [InlineData(1, 3, 3)] // one pixel, on the left side of the border between columns 3 and 4
    [InlineData(2, 3, 4)]
    [InlineData(3, 2, 4)]
    [InlineData(4, 2, 5)]
    public void Line_has_its_width_and_lies_on_the_border(int line, int first, int last)
    {
        const int Side = 8;
        ushort[] upright = [.. Enumerable.Range(0, Side * Side).Select(i => (ushort)(i % Side < 4 ? 0 : 1))];
        ushort[] lying = [.. Enumerable.Range(0, Side * Side).Select(i => (ushort)(i / Side < 4 ? 0 : 1))];

        Assert.Equal(Enumerable.Range(first, last - first + 1), Whites(upright, line, pixel => pixel % Side));
        Assert.Equal(Enumerable.Range(first, last - first + 1), Whites(lying, line, pixel => pixel / Side));

        static IEnumerable<int> Whites(ushort[] labels, int line, Func<int, int> position)
        {
            var pixels = new byte[Side * Side * 4];
            MaskOverlay.Paint(pixels, labels, Side, Side, PixelOrder.Rgba32, pixels, new OverlayOptions { OutlineWidth = line });
            int[] whites = [.. Enumerable.Range(0, Side * Side).Where(i => pixels.AsSpan(4 * i, 3).IndexOfAnyExcept((byte)255) < 0)];
            Assert.Equal(Side * line, whites.Length);
            return whites.Select(position).Distinct().Order();
        }
    }

    [Fact]
    public void Line_has_the_colour_asked_for_in_either_order()
    {
        var options = new OverlayOptions { OutlineWidth = 1, OutlineColor = Rgb.FromHex(0x0A141E) };
        ushort[] labels = [0, 1];
        var pixels = new byte[8];

        MaskOverlay.Paint(pixels, labels, 1, 2, PixelOrder.Rgba32, pixels, options);
        Assert.Equal(new byte[] { 10, 20, 30, 255 }, pixels[..4]);

        MaskOverlay.Paint(pixels, labels, 1, 2, PixelOrder.Bgra32, pixels, options);
        Assert.Equal(new byte[] { 30, 20, 10, 255 }, pixels[..4]);
    }

    [Fact]
    public void One_segment_has_no_line_and_a_line_wider_than_the_picture_is_no_error()
    {
        var pixels = new byte[4 * 6];
        MaskOverlay.Paint(pixels, new ushort[6], 2, 3, PixelOrder.Rgba32, pixels, new OverlayOptions { OutlineWidth = 50, Opacity = 0 });

        Assert.All(pixels, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Painting_allocates_nothing()
    {
        (byte[] image, ushort[] labels) = Random(64, 64, seed: 3);
        var options = new OverlayOptions();
        MaskOverlay.Paint(image, labels, 64, 64, PixelOrder.Rgba32, image, options);

        long before = GC.GetAllocatedBytesForCurrentThread();
        MaskOverlay.Paint(image, labels, 64, 64, PixelOrder.Rgba32, image, options);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Wrong_lengths_are_named()
    {
        var pixels = new byte[16];
        var labels = new ushort[4];

        Assert.Contains("2 x 3", Thrown("labels", () => MaskOverlay.Paint(pixels, labels, 2, 3, PixelOrder.Rgba32, pixels)));
        Assert.Contains("need 16 bytes", Thrown("image", () => MaskOverlay.Paint(pixels.AsSpan(4), labels, 2, 2, PixelOrder.Rgba32, pixels)));
        Assert.Contains("12", Thrown("destination", () => MaskOverlay.Paint(pixels, labels, 2, 2, PixelOrder.Rgba32, pixels.AsSpan(4))));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => MaskOverlay.Paint(pixels, labels, 0, 2, PixelOrder.Rgba32, pixels));
        Assert.Throws<ArgumentOutOfRangeException>("order", () => MaskOverlay.Paint(pixels, labels, 2, 2, (PixelOrder)7, pixels));

        static string Thrown(string name, Action act) => Assert.Throws<ArgumentException>(name, act).Message;
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void Opacity_outside_0_to_1_is_refused(float opacity) =>
        Assert.Throws<ArgumentOutOfRangeException>("Opacity", () => new OverlayOptions { Opacity = opacity });

    [Fact]
    public void Negative_line_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>("OutlineWidth", () => new OverlayOptions { OutlineWidth = -1 });

    private static (byte[] Image, ushort[] Labels) Random(int height, int width, int seed)
    {
        var random = new Random(seed);
        var image = new byte[4 * height * width];
        random.NextBytes(image);
        var labels = new ushort[height * width];
        for (int i = 0; i < labels.Length;)
        {
            var label = (ushort)random.Next(400);
            for (int end = Math.Min(labels.Length, i + random.Next(1, 20)); i < end; i++)
            {
                labels[i] = label;
            }
        }

        return (image, labels);
    }

    private static byte[] Reference(byte[] image, ushort[] labels, PixelOrder order, float opacity)
    {
        var a = (int)Math.Round(opacity * 256);
        return [.. image.Select((value, i) =>
        {
            Rgb colour = Palette.Standard[labels[i / 4]];
            byte[] channels = order == PixelOrder.Rgba32
                ? [colour.Red, colour.Green, colour.Blue]
                : [colour.Blue, colour.Green, colour.Red];
            return i % 4 == 3 ? value : (byte)(((value * (256 - a)) + (channels[i % 4] * a) + 128) / 256);
        })];
    }
}
