using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>Geometry and sampling of ResizeImages, and who owns the pictures.</summary>
public sealed class ResizeRuleTests
{
    private const int Slack = 2;
    private readonly MLContext _ml = new(1);

    [Fact]
    public void Padding_fits_the_picture_and_leaves_transparent_black()
    {
        byte[][] rows = Grey(Resize(Picture(10, 5, _ => 200), 7, 7, ResizingKind.IsoPad));
        Assert.Equal([0, 200, 200, 200, 0, 0, 0], rows.Select(r => r[3]));
        byte[][] columns = Grey(Resize(Picture(5, 10, _ => 200), 8, 8, ResizingKind.IsoPad));
        Assert.Equal([0, 0, 200, 200, 200, 200, 0, 0], columns[3]);
        Assert.Equal(0, Resize(Picture(10, 5, _ => 200), 7, 7, ResizingKind.IsoPad)[3]);
    }

    [Fact]
    public void Cropping_fills_the_target_and_cuts_the_middle_out()
    {
        // 10 x 5 becomes 8 x 4, of which columns 1 to 6 are seen: at 1.25 source pixels each.
        byte[][] rows = Grey(Resize(Picture(10, 5, x => x * 20), 6, 4, ResizingKind.IsoCrop));
        AssertClose([28, 53, 78, 103, 128, 153], rows[2]);
    }

    [Theory]
    [InlineData(Anchor.Top, 3, 128)]
    [InlineData(Anchor.Center, 28, 153)]
    [InlineData(Anchor.Bottom, 53, 178)]
    [InlineData(Anchor.Left, 28, 153)]
    public void The_anchor_says_which_part_of_a_high_picture_stays(Anchor anchor, int first, int last)
    {
        MLImage picture = Transposed(Picture(10, 5, x => x * 20));
        byte[][] rows = Grey(Resize(picture, 4, 6, ResizingKind.IsoCrop, anchor));
        AssertClose([(byte)first, (byte)last], [rows[0][1], rows[5][1]]);
    }

    [Fact]
    public void Filling_takes_the_nearest_pixel()
    {
        Assert.Equal([20, 60, 120, 160], Grey(Resize(Picture(10, 10, x => x * 20), 4, 4, ResizingKind.Fill))[1]);
        Assert.Equal(
            [0, 0, 0, 20, 20, 40, 40, 40, 60, 60],
            Grey(Resize(Picture(4, 4, x => x * 20), 10, 3, ResizingKind.Fill))[1]);
    }

    [Fact]
    public void Shrinking_averages_what_is_more_than_twice_too_large()
    {
        AssertClose([0, 0, 0, 127, 255, 255, 255, 255], Shrunk(64, 8, x => x >= 28 ? 255 : 0));
        AssertClose([31, 31, 31, 31, 31, 31, 31, 31], Shrunk(64, 8, x => x % 8 == 0 ? 255 : 0));
        AssertClose([0, 191, 255], Shrunk(7, 3, x => x >= 3 ? 255 : 0));
        AssertClose([0, 0, 0, 0, 0, 0, 45, 0, 0, 0, 0, 0, 0, 0], Shrunk(48, 14, x => x == 20 ? 255 : 0));
    }

    [Fact]
    public void Shrinking_by_less_than_two_is_linear() =>
        AssertClose([0, 0, 0, 0, 255, 255, 255, 255], Shrunk(12, 8, x => x >= 6 ? 255 : 0));

    [Fact]
    public void Growing_is_cubic()
    {
        AssertClose(
            [0, 0, 0, 0, 0, 0, 0, 62, 193, 255, 255, 255, 255, 255, 255, 255], Shrunk(8, 16, x => x >= 4 ? 255 : 0));
        AssertClose([0, 7, 22, 38, 53, 67, 82, 98, 113, 128, 142, 158, 173, 188, 203, 211], Shrunk(8, 16, x => x * 30));
    }

    [Fact]
    public void A_picture_of_the_right_size_is_passed_on_uncopied()
    {
        MLImage picture = Picture(4, 4, x => x);
        IDataView view = Resized([picture], 4, 4, ResizingKind.IsoCrop);
        Assert.Same(picture, view.GetColumn<MLImage>("Small").Single());
    }

    [Fact]
    public void A_picture_of_the_right_size_is_disposed_when_the_next_one_is_resized()
    {
        MLImage[] pictures = [Picture(4, 4, x => x), Picture(4, 4, x => x)];
        Resized(pictures, 4, 4, ResizingKind.IsoCrop).GetColumn<MLImage>("Small").ToList();
        Assert.Throws<InvalidOperationException>(() => pictures[0].Width);
        Assert.Equal(4, pictures[1].Width);
    }

    [Fact]
    public void A_picture_that_is_really_resized_stays_with_its_owner()
    {
        MLImage[] pictures = [Picture(4, 4, x => x), Picture(4, 4, x => x)];
        Resized(pictures, 2, 2, ResizingKind.IsoCrop).GetColumn<MLImage>("Small").ToList();
        Assert.All(pictures, p => Assert.Equal(4, p.Width));
    }

    [Fact]
    public void The_column_type_says_height_before_width() =>
        Assert.Equal("Image<2, 3>", Resized([], 3, 2, ResizingKind.IsoPad).Schema["Small"].Type.ToString());

    [Fact]
    public void A_size_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms.ResizeImages("Small", 0, 2, "Image"));

    private static MLImage Picture(int width, int height, Func<int, int> grey)
    {
        var pixels = new byte[width * height * 4];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = i % 4 == 3 ? (byte)255 : (byte)grey(i / 4 % width);
        }

        return MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);
    }

    private static MLImage Transposed(MLImage picture)
    {
        var pixels = new byte[picture.Pixels.Length];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                picture.Pixels.Slice((y * picture.Width + x) * 4, 4).CopyTo(
                    pixels.AsSpan((x * picture.Height + y) * 4));
            }
        }
        return MLImage.CreateFromPixels(picture.Height, picture.Width, MLPixelFormat.Bgra32, pixels);
    }

    private byte[] Shrunk(int from, int to, Func<int, int> grey) =>
        Grey(Resize(Picture(from, from, grey), to, to, ResizingKind.IsoCrop))[to / 2];

    private static void AssertClose(byte[] expected, byte[] actual) =>
        Assert.All(expected.Zip(actual), p => Assert.InRange(p.Second, p.First - Slack, p.First + Slack));

    private static byte[][] Grey((byte[] Pixels, int Width) picture) =>
        [.. picture.Pixels.Where((_, i) => i % 4 == 0).Chunk(picture.Width)];

    private static byte[][] Grey(Bytes picture) => Grey((picture.Pixels, picture.Width));

    private Bytes Resize(MLImage picture, int width, int height, ResizingKind kind, Anchor anchor = Anchor.Center) =>
        Resized([picture], width, height, kind, anchor).GetColumn<MLImage>("Small")
            .Select(i => new Bytes(i.Pixels.ToArray(), i.Width)).Single();

    private IDataView Resized(
        MLImage[] pictures, int width, int height, ResizingKind kind, Anchor anchor = Anchor.Center)
    {
        IDataView view = _ml.Data.LoadFromEnumerable(pictures.Select(p => new Row { Image = p }));
        return _ml.Transforms.ResizeImages("Small", width, height, "Image", kind, anchor).Fit(view).Transform(view);
    }

    private sealed record Bytes(byte[] Pixels, int Width)
    {
        public byte this[int index] => Pixels[index];
    }

    private sealed class Row
    {
        [ImageType(4, 4)]
        public MLImage? Image { get; set; }
    }
}
