using DiffSeg.MLNet.Painting;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Painting;

public sealed class PaintMaskTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Colours_are_mixed_and_the_original_stays()
    {
        PictureRow row = TestData.PictureRows(1)[0];
        byte[] before = row.Picture!.Pixels.ToArray();
        using MLImage painted = Paint(row, new() { Opacity = 0.5f, OutlineWidth = 0 });

        Assert.Equal((row.Picture.Width, row.Picture.Height), (painted.Width, painted.Height));
        Assert.Equal(row.Picture.PixelFormat, painted.PixelFormat);
        Assert.Equal(before, row.Picture.Pixels.ToArray());
        // Two plain halves of the picture under two labels: two colours, neither as it was.
        Assert.Equal(2, Colours(painted).Distinct().Count());
        Assert.Empty(Colours(painted).Intersect(Colours(row.Picture)));
    }

    [Fact]
    public void Opacity_zero_without_lines_changes_nothing()
    {
        PictureRow row = TestData.PictureRows(2)[1];
        using MLImage painted = Paint(row, new() { Opacity = 0, OutlineWidth = 0 });
        Assert.Equal(row.Picture!.Pixels.ToArray(), painted.Pixels.ToArray());
    }

    [Fact]
    public void Mask_is_stretched_to_the_picture()
    {
        // 48 x 64 labels in two halves over 90 x 160 pixels: the line between them is at column 80.
        using MLImage painted = Paint(TestData.PictureRows(1)[0], new() { Opacity = 1, OutlineWidth = 0 });
        uint[] colours = Colours(painted);
        for (int i = 0; i < colours.Length; i++)
        {
            Assert.Equal(colours[i % 160 < 80 ? 0 : 159], colours[i]);
        }
    }

    [Fact]
    public void Cropped_mask_is_painted_on_the_centre_only()
    {
        PictureRow row = TestData.PictureRows(1)[0];
        using MLImage painted = Paint(row, new() { Opacity = 1, OutlineWidth = 0, Fit = ImageFit.Crop });
        uint[] before = Colours(row.Picture!);
        uint[] after = Colours(painted);
        for (int i = 0; i < after.Length; i++)
        {
            Assert.Equal(i % 160 is < 35 or >= 125, before[i] == after[i]);
        }
    }

    [Fact]
    public void Mask_of_variable_size_finds_its_size_columns()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new LooseMask()]);
        IDataView painted = _ml.Transforms.PaintMask("Overlay", "Picture", "Mask", new() { OutlineWidth = 0 })
            .Fit(data).Transform(data);
        using MLImage overlay = painted.GetColumn<MLImage>("Overlay").Single();
        Assert.Equal(4, Colours(overlay).Distinct().Count());
    }

    [Fact]
    public void Mask_of_another_size_without_size_columns_is_told_what_to_do()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new LooseMask()]);
        IDataView bare = _ml.Transforms.DropColumns("MaskHeight").Fit(data).Transform(data);
        IDataView painted = _ml.Transforms.PaintMask("Overlay", "Picture", "Mask").Fit(bare).Transform(bare);
        var error = Assert.Throws<InvalidOperationException>(() => painted.GetColumn<MLImage>("Overlay").Single());
        Assert.Contains("'Mask'", error.Message);
        Assert.Contains("MaskColumns.Size", error.Message);
    }

    [Fact]
    public void Row_without_a_picture_is_told()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new PictureRow { Labels = new ushort[48 * 64] }]);
        IDataView painted = _ml.Transforms.PaintMask("Overlay", "Picture", "Labels").Fit(data).Transform(data);
        var error = Assert.Throws<InvalidOperationException>(() => painted.GetColumn<MLImage>("Overlay").Single());
        Assert.Contains("'Picture'", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Picture_that_could_not_be_loaded_is_not_painted_though_there_is_a_mask(bool saved)
    {
        using var folder = new TemporaryFolder();
        using (MLImage picture = TestData.Picture(40, 40, (_, _) => 2))
        {
            picture.Save(folder.File("good.png"));
        }

        IDataView data = _ml.Data.LoadFromEnumerable(new[] { "good.png", "gone.png", "good.png" }.Select(
            name => new SegmentedImage { ImagePath = folder.File(name), Mask = [0, 1, 2, 3], MaskHeight = 2, MaskWidth = 2 }));
        ITransformer painting = _ml.Transforms.LoadPictures("Photo", "ImagePath")
            .Append(_ml.Transforms.PaintMask("Overlay", "Photo", "Mask")).Fit(data);
        if (saved)
        {
            _ml.Model.Save(painting, data.Schema, folder.File("model.zip"));
            painting = _ml.Model.Load(folder.File("model.zip"), out _);
        }

        IDataView painted = painting.Transform(data);

        Assert.Equal(["", "is not there", ""], painted.GetColumn<string>("PhotoStatus"));
        Assert.Equal([40, 0, 40], painted.GetColumn<MLImage?>("Overlay").Select(overlay => overlay?.Width ?? 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Zeros_that_are_left_out_of_a_mask_are_painted_too(bool saved)
    {
        ushort[] labels = [0, 0, 0, 3];
        var sparse = new VBuffer<ushort>(4, 1, [3], [3]);
        IDataView dense = _ml.Data.LoadFromEnumerable([new BufferMask { Mask = new VBuffer<ushort>(4, labels) }]);
        IDataView data = _ml.Data.LoadFromEnumerable([new BufferMask { Mask = sparse }]);
        ITransformer painting = _ml.Transforms.PaintMask("Overlay", "Picture", "Mask").Fit(data);
        if (saved)
        {
            using var folder = new TemporaryFolder();
            _ml.Model.Save(painting, data.Schema, folder.File("model.zip"));
            painting = _ml.Model.Load(folder.File("model.zip"), out _);
        }

        using MLImage expected = painting.Transform(dense).GetColumn<MLImage>("Overlay").Single();
        using MLImage found = painting.Transform(data).GetColumn<MLImage>("Overlay").Single();

        Assert.Equal(expected.Pixels.ToArray(), found.Pixels.ToArray());
        Assert.True(Colours(found).Distinct().Count() > 1);
    }

    [Fact]
    public void Every_row_has_a_painted_picture_of_its_own()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.PictureRows(3));
        IDataView painted = _ml.Transforms.PaintMask("Overlay", "Picture", "Labels").Fit(data).Transform(data);
        Painted[] rows = [.. _ml.Data.CreateEnumerable<Painted>(painted, reuseRowObject: false)];
        Assert.Equal(3, rows.Select(row => row.Overlay).Distinct().Count());
        Assert.Equal(3, rows.Select(row => Convert.ToHexString(row.Overlay!.Pixels)).Distinct().Count());
    }

    [Fact]
    public void PredictionEngine_paints_what_the_view_paints()
    {
        PictureRow[] rows = TestData.PictureRows(3);
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        PaintMaskTransformer transformer = _ml.Transforms.PaintMask("Overlay", "Picture", "Labels").Fit(data);
        MLImage[] expected = [.. transformer.Transform(data).GetColumn<MLImage>("Overlay")];
        using PredictionEngine<PictureRow, Painted> engine = _ml.Model.CreatePredictionEngine<PictureRow, Painted>(transformer);
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.Equal(expected[i].Pixels.ToArray(), engine.Predict(rows[i]).Overlay!.Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData("Opacity", 1.5f, 1, 512)]
    [InlineData("Opacity", float.NaN, 1, 512)]
    [InlineData("OutlineWidth", 0.5f, -1, 512)]
    [InlineData("ModelImageHeight", 0.5f, 1, 0)]
    public void Option_out_of_range_is_named(string option, float opacity, int outline, int height)
    {
        var options = new PaintMaskOptions { Opacity = opacity, OutlineWidth = outline, ModelImageHeight = height };
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.PaintMask("Overlay", "Picture", "Labels", options));
        Assert.Equal(option, error.ParamName);
    }

    private MLImage Paint(PictureRow row, PaintMaskOptions options)
    {
        var painter = new MaskPainter(PaintSettings.From("Overlay", "Picture", "Labels", options));
        return painter.Paint(row.Picture!, row.Labels, (TestData.MaskHeight, TestData.MaskWidth));
    }

    private static uint[] Colours(MLImage picture)
        => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(picture.Pixels).ToArray();

    internal sealed class Painted
    {
        [ImageType(1, 1)]
        public MLImage? Overlay { get; set; }
    }

    internal sealed class BufferMask
    {
        [ImageType(40, 40)]
        public MLImage Picture { get; set; } = TestData.Picture(40, 40, (_, _) => 2);

        [VectorType(2, 2)]
        public VBuffer<ushort> Mask { get; set; }
    }

    private sealed class LooseMask
    {
        [ImageType(40, 40)]
        public MLImage Picture { get; set; } = TestData.Picture(40, 40, (_, _) => 2);

        [VectorType]
        public ushort[] Mask { get; set; } = [0, 1, 2, 3];

        public int MaskHeight { get; set; } = 2;

        public int MaskWidth { get; set; } = 2;
    }
}
