using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;
using static Microsoft.ML.Transforms.Image.ImagePixelExtractingEstimator;

namespace DiffSeg.MLNet.Tests.MlNetRules;

/// <summary>ExtractPixels, and image members of row classes.</summary>
public sealed class PixelRuleTests
{
    private readonly MLContext _ml = new(1);

    [Theory]
    [InlineData(ColorsOrder.ARGB, new float[] { 30, 20, 10 })]
    [InlineData(ColorsOrder.ARBG, new float[] { 30, 10, 20 })]
    [InlineData(ColorsOrder.ABRG, new float[] { 10, 30, 20 })]
    [InlineData(ColorsOrder.ABGR, new float[] { 10, 20, 30 })]
    [InlineData(ColorsOrder.AGRB, new float[] { 20, 30, 10 })]
    [InlineData(ColorsOrder.AGBR, new float[] { 20, 10, 30 })]
    public void The_order_names_the_planes(ColorsOrder order, float[] expected)
    {
        foreach (MLPixelFormat format in new[] { MLPixelFormat.Bgra32, MLPixelFormat.Rgba32 })
        {
            IDataView view = Extracted(Pixel(format), order: order);
            Assert.Equal(expected, view.GetColumn<float[]>("Pixels").Single());
        }
    }

    [Fact]
    public void Alpha_comes_first_when_it_is_asked_for() =>
        Assert.Equal(
            [255, 30, 20, 10],
            Extracted(Pixel(MLPixelFormat.Bgra32), colors: ColorBits.All).GetColumn<float[]>("Pixels").Single());

    [Fact]
    public void The_offset_is_taken_off_before_scaling() =>
        Assert.Equal(
            [20, 0, -20],
            Extracted(Pixel(MLPixelFormat.Bgra32), offset: 20, scale: 2).GetColumn<float[]>("Pixels").Single());

    [Fact]
    public void Planes_come_first_unless_they_are_interleaved()
    {
        MLImage Two() => MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, [1, 2, 3, 255, 4, 5, 6, 255]);
        IDataView planar = Extracted(Two());
        IDataView interleaved = Extracted(Two(), interleave: true);
        Assert.Equal("Vector<Single, 3, 1, 2>", planar.Schema["Pixels"].Type.ToString());
        Assert.Equal("Vector<Single, 1, 2, 3>", interleaved.Schema["Pixels"].Type.ToString());
        Assert.Equal([1, 4, 2, 5, 3, 6], planar.GetColumn<float[]>("Pixels").Single());
        Assert.Equal([1, 2, 3, 4, 5, 6], interleaved.GetColumn<float[]>("Pixels").Single());
    }

    [Fact]
    public void No_picture_gives_zeros() =>
        Assert.Equal([0, 0, 0], Extracted(null).GetColumn<float[]>("Pixels").Single());

    /// <summary>Why a picture that cannot be loaded is a black pixel in our columns, and not null.</summary>
    [Fact]
    public void No_picture_behind_another_one_is_a_disposed_one_once_it_is_resized()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new OnePixel { Image = Pixel(MLPixelFormat.Bgra32) }, new OnePixel()]);
        IDataView pixels = _ml.Transforms.ResizeImages("Resized", 3, 2, "Image")
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Resized")).Fit(view).Transform(view);
        using DataViewRowCursor cursor = pixels.GetRowCursorSet([pixels.Schema["Pixels"]], 1)[0];
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(pixels.Schema["Pixels"]);
        VBuffer<float> values = default;
        cursor.MoveNext();
        getter(ref values);
        cursor.MoveNext();
        Assert.Equal("Object is disposed.", Assert.Throws<InvalidOperationException>(() => getter(ref values)).Message);
    }

    [Fact]
    public void The_size_must_be_known()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new PathRow { Path = "" }]);
        var chain = _ml.Transforms.LoadImages("Image", "", "Path")
            .Append(_ml.Transforms.ExtractPixels("Pixels", "Image"));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => chain.Fit(view));
        Assert.StartsWith(
            "Schema mismatch for input column 'Image': expected known-size image, got unknown-size image",
            error.Message);
    }

    [Fact]
    public void The_picture_is_disposed_when_the_cursor_closes()
    {
        MLImage picture = Pixel(MLPixelFormat.Bgra32);
        Extracted(picture).GetColumn<float[]>("Pixels").ToList();
        Assert.Throws<InvalidOperationException>(() => picture.Width);
    }

    [Fact]
    public void A_picture_of_another_size_than_promised_is_an_error()
    {
        MLImage wide = MLImage.CreateFromPixels(2, 1, MLPixelFormat.Rgba32, [1, 2, 3, 255, 4, 5, 6, 255]);
        IDataView view = _ml.Data.LoadFromEnumerable([new OnePixel { Image = wide }]);
        ITransformer extract = _ml.Transforms.ExtractPixels("Pixels", "Image").Fit(view);
        DataViewSchema.Column column = extract.GetOutputSchema(view.Schema)["Pixels"];
        using DataViewRowCursor cursor = extract.Transform(view).GetRowCursorSet([column], 1)[0];
        ValueGetter<VBuffer<float>> getter = cursor.GetGetter<VBuffer<float>>(column);
        cursor.MoveNext();
        VBuffer<float> pixels = default;
        Assert.Throws<InvalidOperationException>(() => getter(ref pixels));
    }

    [Fact]
    public void An_image_member_needs_a_size_that_is_at_least_one()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageTypeAttribute(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable([new SizelessRow()]));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Data.LoadFromEnumerable([new UnmarkedRow()]));
    }

    [Fact]
    public void An_image_member_must_have_the_columns_size()
    {
        IDataView view = _ml.Data.LoadFromEnumerable([new OnePixel { Image = Pixel(MLPixelFormat.Bgra32) }]);
        view = _ml.Transforms.ResizeImages("Image", 17, 19, "Image").Fit(view).Transform(view);
        var error = Assert.Throws<NotImplementedException>(
            () => _ml.Data.CreateEnumerable<OnePixel>(view, reuseRowObject: false).ToList());
        Assert.Contains("Type 'Microsoft.ML.Data.MLImage' is not yet supported.", error.Message);
    }

    [Fact]
    public void A_row_objects_picture_lives_until_the_next_row_is_read()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(
            Enumerable.Range(0, 2).Select(_ => new OnePixel { Image = Pixel(MLPixelFormat.Bgra32) }));
        view = _ml.Transforms.ResizeImages("Image", 3, 2, "Image").Fit(view).Transform(view);
        List<Resized> rows = [.. _ml.Data.CreateEnumerable<Resized>(view, reuseRowObject: false)];
        Assert.NotSame(rows[0].Image, rows[1].Image);
        Assert.Equal(
            "Object is disposed.", Assert.Throws<InvalidOperationException>(() => rows[0].Image!.Width).Message);
        Assert.Equal(3, rows[1].Image!.Width);
    }

    [Fact]
    public void Images_are_not_cached_and_not_shuffled()
    {
        IDataView view = _ml.Data.LoadFromEnumerable(
            [new OnePixel { Image = Pixel(MLPixelFormat.Bgra32), Number = 4 }]);
        Assert.Equal(["Number"], _ml.Data.Cache(view).Schema.Select(c => c.Name));
        Assert.Equal(["Number"], _ml.Data.ShuffleRows(view).Schema.Select(c => c.Name));
    }

    private static MLImage Pixel(MLPixelFormat format) => MLImage.CreateFromPixels(1, 1, format,
        format == MLPixelFormat.Bgra32 ? [10, 20, 30, 255] : [30, 20, 10, 255]);

    private IDataView Extracted(
        MLImage? picture, ColorBits colors = ColorBits.Rgb, ColorsOrder order = ColorsOrder.ARGB,
        bool interleave = false,
        float offset = 0, float scale = 1)
    {
        IDataView view = picture is { Width: 2 }
            ? _ml.Data.LoadFromEnumerable([new TwoPixels { Image = picture }])
            : _ml.Data.LoadFromEnumerable([new OnePixel { Image = picture }]);
        return _ml.Transforms.ExtractPixels("Pixels", "Image", colors, order, interleave, offset, scale)
            .Fit(view).Transform(view);
    }

    private sealed class OnePixel
    {
        [ImageType(1, 1)]
        public MLImage? Image { get; set; }

        public int Number { get; set; }
    }

    private sealed class TwoPixels
    {
        [ImageType(1, 2)]
        public MLImage? Image { get; set; }
    }

    private sealed class Resized
    {
        [ImageType(2, 3)]
        public MLImage? Image { get; set; }
    }

    private sealed class SizelessRow
    {
        [ImageType]
        public MLImage? Image { get; set; }
    }

    private sealed class UnmarkedRow
    {
        public MLImage? Image { get; set; }
    }

    private sealed class PathRow
    {
        public string? Path { get; set; }
    }
}
