using DiffSeg.MLNet.Geometry;
using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Geometry;

/// <summary>Our arithmetic against the pixels that ResizeImages really gives.</summary>
public sealed class FittedImageTests
{
    private const int Side = 128;

    public static TheoryData<int, int> Sizes { get; } = new()
    {
        { 90, 160 }, { 160, 90 }, { 101, 203 }, { 427, 640 }, { 77, 77 }, { 333, 100 }, { 1, 1 }, { 5, 400 }, { 301, 7 },
        { 128, 128 }, { 127, 128 }, { 129, 511 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Padded_picture_lies_where_its_pixels_are(int height, int width)
    {
        using MLImage white = TestData.Picture(height, width, (_, _) => 4);
        var fitted = new FittedImage(height, width, Side, Side, ImageFit.Pad);

        bool[,] bright = Bright(Resize(white, ImageResizingEstimator.ResizingKind.IsoPad));
        (int Top, int Left, int Height, int Width) box = Box(bright);

        Assert.Equal((fitted.Top, fitted.Left, fitted.Height, fitted.Width), box);
    }

    [Theory]
    [InlineData(90, 160)]
    [InlineData(160, 90)]
    [InlineData(101, 203)]
    [InlineData(427, 640)]
    [InlineData(77, 77)]
    [InlineData(333, 100)]
    [InlineData(128, 128)]
    [InlineData(129, 511)]
    public void Borders_of_a_picture_lie_where_its_scale_says(int height, int width)
    {
        foreach (ImageFit fit in Enum.GetValues<ImageFit>())
        {
            // Not in the middle, where a mistake of sides would not show; inside what a crop leaves.
            var fitted = new FittedImage(height, width, Side, Side, fit);
            int column = fitted.CoveredLeft + (fitted.CoveredWidth * 5 / 8);
            int row = fitted.CoveredTop + (fitted.CoveredHeight * 3 / 8);
            using MLImage upright = TestData.Picture(height, width, (_, x) => x * width < column ? 4 : 1);
            using MLImage level = TestData.Picture(height, width, (y, _) => y * height < row ? 4 : 1);
            var kind = fit == ImageFit.Pad
                ? ImageResizingEstimator.ResizingKind.IsoPad
                : ImageResizingEstimator.ResizingKind.IsoCrop;

            (int, int, int, int) left = Box(Bright(Resize(upright, kind)));
            (int, int, int, int) upper = Box(Bright(Resize(level, kind)));

            Assert.InRange(left.Item2 + left.Item4 - (fitted.Left + (column * fitted.ScaleX)), -1.5, 1.5);
            Assert.InRange(upper.Item1 + upper.Item3 - (fitted.Top + (row * fitted.ScaleY)), -1.5, 1.5);
        }
    }

    [Theory]
    [InlineData(480, 640, 0, 80, 480, 480)]
    [InlineData(640, 480, 80, 0, 480, 480)]
    [InlineData(500, 500, 0, 0, 500, 500)]
    [InlineData(101, 204, 0, 51, 101, 101)]
    public void Crop_covers_the_centred_square(int height, int width, int top, int left, int rows, int columns)
    {
        var fitted = new FittedImage(height, width, 512, 512, ImageFit.Crop);
        Assert.Equal(
            (top, left, rows, columns),
            (fitted.CoveredTop, fitted.CoveredLeft, fitted.CoveredHeight, fitted.CoveredWidth));
    }

    [Fact]
    public void Picture_too_narrow_for_the_model_is_refused()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new FittedImage(9, 12_000, 512, 512, ImageFit.Pad));
        Assert.Contains("12000x9", error.Message);
        Assert.Contains("Crop", error.Message);
    }

    private static MLImage Resize(MLImage picture, ImageResizingEstimator.ResizingKind kind)
    {
        var ml = new MLContext();
        // A copy: ResizeImages hands on a picture of the right size and has it disposed.
        IDataView data = ml.Data.LoadFromEnumerable([new PictureRow
        {
            Picture = MLImage.CreateFromPixels(picture.Width, picture.Height, picture.PixelFormat, picture.Pixels),
        }]);
        IDataView resized = ml.Transforms.ResizeImages("Resized", Side, Side, "Picture", kind).Fit(data).Transform(data);
        return resized.GetColumn<MLImage>("Resized").Single();
    }

    private static bool[,] Bright(MLImage picture)
    {
        var bright = new bool[picture.Height, picture.Width];
        int red = picture.PixelFormat == MLPixelFormat.Bgra32 ? 2 : 0;
        for (int i = 0; i < bright.Length; i++)
        {
            bright[i / picture.Width, i % picture.Width] = picture.Pixels[(4 * i) + red] > 128;
        }

        return bright;
    }

    private static (int Top, int Left, int Height, int Width) Box(bool[,] marked)
    {
        (int Y, int X)[] found = [.. from y in Enumerable.Range(0, marked.GetLength(0))
                                     from x in Enumerable.Range(0, marked.GetLength(1))
                                     where marked[y, x]
                                     select (y, x)];
        (int top, int left) = (found.Min(p => p.Y), found.Min(p => p.X));
        return (top, left, found.Max(p => p.Y) - top + 1, found.Max(p => p.X) - left + 1);
    }
}
