using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Geometry;

/// <summary>Shapes at known pixels, and where the mask's borders come to lie.</summary>
public sealed class MaskGeometryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Padding_is_no_segment_and_borders_are_exact()
    {
        // 160 x 90 on a model of 128 x 128: 128 x 72 with bars of 28; tokens of 8 pixels.
        var row = new AttentionRow
        {
            Fine = SyntheticAttention.Map(16, 16, (y, x) => y is < 28.0 / 128 or > 100.0 / 128 ? 7 : x < 0.5 ? 0 : 1),
            Picture = TestData.Picture(90, 160, (_, x) => x < 0.5 ? 0 : 1),
        };
        Labelled mask = Segment(row, new()
        {
            AnchorsPerSide = 8,
            Size = MaskSize.Original,
            ModelImageHeight = 128,
            ModelImageWidth = 128,
        });

        Assert.Equal((90, 160), (mask.MaskHeight, mask.MaskWidth));
        Assert.Equal(2, mask.Mask.Distinct().Count());
        Assert.Equal(2, mask.MaskSegmentCount);
        for (int i = 0; i < mask.Mask.Length; i++)
        {
            Assert.Equal(mask.Mask[i % 160 < 80 ? 0 : 159], mask.Mask[i]);
        }
    }

    [Fact]
    public void Without_the_picture_column_the_mask_covers_the_whole_map()
    {
        var row = new AttentionRow
        {
            // Halves: no pixel of the border then lies where both are equally strong.
            Fine = SyntheticAttention.Map(16, 16, (y, _) => y < 0.5 ? 0 : 1),
            Picture = TestData.Picture(90, 160, (_, _) => 0),
        };
        Labelled mask = Segment(
            row, new() { AnchorsPerSide = 8, Size = new MaskSize(32, 20), Columns = MaskColumns.All }, picture: null);

        Assert.Equal((32, 20), (mask.MaskHeight, mask.MaskWidth));
        for (int i = 0; i < mask.Mask.Length; i++)
        {
            Assert.Equal(i / 20 < 16 ? 0 : 1, mask.Mask[i]);
        }
    }

    [Theory]
    [InlineData(427, 640, ImageFit.Pad)]
    [InlineData(512, 301, ImageFit.Pad)]
    [InlineData(97, 223, ImageFit.Pad)]
    [InlineData(313, 1000, ImageFit.Pad)]
    [InlineData(427, 640, ImageFit.Crop)]
    [InlineData(701, 301, ImageFit.Crop)]
    public void Borders_of_drawn_shapes_are_found_to_within_a_cell(int height, int width, ImageFit fit)
    {
        var fitted = new MLNet.Geometry.FittedImage(height, width, ColourAttention.Side, ColourAttention.Side, fit);
        // A rectangle off the middle, in pixels of the picture, inside what is covered.
        (int top, int bottom) = (fitted.CoveredTop + (fitted.CoveredHeight / 5), fitted.CoveredTop + (fitted.CoveredHeight * 3 / 5));
        (int left, int right) = (fitted.CoveredLeft + (fitted.CoveredWidth / 3), fitted.CoveredLeft + (fitted.CoveredWidth * 5 / 6));
        Func<double, double, int> shape = (y, x) =>
            y * height > top && y * height < bottom && x * width > left && x * width < right ? 1 : 0;
        IDataView data = _ml.Data.LoadFromEnumerable([new PictureRow { Picture = TestData.Picture(height, width, shape) }]);

        IEstimator<ITransformer> pipeline = _ml.Transforms
            .ResizeImages("Resized", ColourAttention.Side, ColourAttention.Side, "Picture", Kind(fit))
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Resized"))
            .Append(_ml.Transforms.CustomMapping<ColourAttention.Pixels, ColourAttention.Made>(ColourAttention.Make, null))
            .Append(_ml.Transforms.DiffSegMask("Mask", ["Attention"], "Picture", new()
            {
                Fit = fit,
                Size = MaskSize.Original,
                ModelImageHeight = ColourAttention.Side,
                ModelImageWidth = ColourAttention.Side,
                Columns = MaskColumns.All,
            }));
        Labelled mask = Read(pipeline.Fit(data).Transform(data));

        Assert.Equal((fitted.CoveredHeight, fitted.CoveredWidth), (mask.MaskHeight, mask.MaskWidth));
        double cell = ColourAttention.Cell / fitted.ScaleX;
        ushort inside = mask.Mask[Index((top + bottom) / 2, (left + right) / 2)];
        Assert.NotEqual(inside, mask.Mask[0]);
        // Away from the corners, which a cell rounds off.
        foreach (int y in new[] { top + (2 * (int)cell), (top + bottom) / 2, bottom - (2 * (int)cell) })
        {
            int[] columns = [.. Enumerable.Range(fitted.CoveredLeft, fitted.CoveredWidth).Where(x => mask.Mask[Index(y, x)] == inside)];
            Assert.InRange(columns[0], left - cell, left + cell);
            Assert.InRange(columns[^1], right - cell, right + cell);
        }

        foreach (int x in new[] { left + (2 * (int)cell), (left + right) / 2, right - (2 * (int)cell) })
        {
            int[] rows = [.. Enumerable.Range(fitted.CoveredTop, fitted.CoveredHeight).Where(y => mask.Mask[Index(y, x)] == inside)];
            Assert.InRange(rows[0], top - cell, top + cell);
            Assert.InRange(rows[^1], bottom - cell, bottom + cell);
        }

        int Index(int y, int x) => ((y - fitted.CoveredTop) * fitted.CoveredWidth) + x - fitted.CoveredLeft;
    }

    private Labelled Segment(AttentionRow row, DiffSegMaskOptions options, string? picture = "Picture")
    {
        options.Columns = MaskColumns.All;
        IDataView data = _ml.Data.LoadFromEnumerable([row]);
        return Read(_ml.Transforms.DiffSegMask("Mask", ["Fine"], picture, options).Fit(data).Transform(data));
    }

    private static ImageResizingEstimator.ResizingKind Kind(ImageFit fit) => fit == ImageFit.Pad
        ? ImageResizingEstimator.ResizingKind.IsoPad
        : ImageResizingEstimator.ResizingKind.IsoCrop;

    private Labelled Read(IDataView view) => _ml.Data.CreateEnumerable<Labelled>(view, reuseRowObject: false).Single();

    private sealed class Labelled
    {
        public ushort[] Mask { get; set; } = [];

        public int MaskHeight { get; set; }

        public int MaskWidth { get; set; }

        public int MaskSegmentCount { get; set; }
    }
}
