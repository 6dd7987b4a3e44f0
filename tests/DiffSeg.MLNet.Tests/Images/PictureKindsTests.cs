using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Images;

/// <summary>Pictures of every kind through the ready-made chain: a mask, or a message that names the picture.</summary>
public sealed class PictureKindsTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly PredictionEngine<ImageSource, SegmentedImage> _engine;

    public PictureKindsTests()
    {
        IDataView none = _ml.Data.LoadFromEnumerable(Array.Empty<ImageSource>());
        ITransformer chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new()
        {
            AnchorsPerSide = 4,
            Size = MaskSize.Original,
        }).Fit(none);
        _engine = _ml.Model.CreatePredictionEngine<ImageSource, SegmentedImage>(chain);
    }

    [Theory]
    [InlineData(60, 80, 1)]
    [InlineData(60, 80, 3)]
    [InlineData(60, 80, 4)]
    [InlineData(1, 1, 3)]
    [InlineData(2, 1, 1)]
    [InlineData(100, 12_000, 3)]
    public void Picture_of_any_kind_has_a_mask_of_its_size(int height, int width, int channels)
    {
        string path = _folder.File("a.png");
        PictureFiles.WritePng(
            path, height, width, channels, (_, x, channel) => channel == 3 ? (byte)(x < width / 3 ? 128 : 255) : (byte)(x < width / 2 ? 30 : 220));

        SegmentedImage result = _engine.Predict(new ImageSource { ImagePath = path });

        Assert.Equal((height, width), (result.MaskHeight, result.MaskWidth));
        Assert.Equal(height * width, result.Mask.Length);
        if (width > 2)
        {
            Assert.NotEqual(result.Mask[width * height / 2 + 1], result.Mask[(width * height / 2) + width - 2]);
        }

        Assert.Equal(height * width, result.Segments().Sum(segment => segment.Area));
    }

    [Fact]
    public void Picture_too_narrow_is_refused_by_name_and_its_size()
    {
        string path = _folder.File("thread.png");
        PictureFiles.WritePng(path, 9, 12_000, 1, (_, x, _) => (byte)x);
        SegmentationException error = Refused(path);
        Assert.Contains("12000x9", error.Message);
    }

    [Fact]
    public void Text_file_named_jpg_is_refused_by_name()
    {
        string path = _folder.File("notes.jpg");
        File.WriteAllText(path, "This is no picture.");
        Refused(path);
    }

    [Fact]
    public void Empty_file_is_refused_by_name()
    {
        string path = _folder.File("empty.png");
        File.WriteAllText(path, "");
        Refused(path);
    }

    [Fact]
    public void Missing_file_is_refused_by_name()
    {
        SegmentationException error = Refused(_folder.File("missing.jpg"));
        Assert.IsType<FileNotFoundException>(error.InnerException);
    }

    [Fact]
    public void Empty_path_is_refused_and_says_so()
    {
        var error = Assert.Throws<SegmentationException>(() => _engine.Predict(new ImageSource { ImagePath = "" }));
        Assert.Contains("empty path", error.Message);
        Assert.Null(error.ImagePath);
    }

    [Fact]
    public void Truncated_jpeg_gives_what_could_be_read_or_is_refused_by_name()
    {
        byte[] jpeg = PictureFiles.Jpeg(200, 300, (_, x) => x < 0.5 ? 0 : 1);
        string path = _folder.File("half.jpg");
        File.WriteAllBytes(path, jpeg[..(jpeg.Length / 2)]);
        try
        {
            SegmentedImage result = _engine.Predict(new ImageSource { ImagePath = path });
            Assert.Equal((200, 300), (result.MaskHeight, result.MaskWidth));
        }
        catch (SegmentationException error)
        {
            Assert.Contains(path, error.Message);
        }
    }

    [Fact]
    public void Row_after_a_bad_one_is_segmented()
    {
        string good = _folder.File("good.png");
        PictureFiles.WritePng(good, 40, 40, 3, (_, x, _) => (byte)(x < 20 ? 0 : 255));
        SegmentedImage before = _engine.Predict(new ImageSource { ImagePath = good });
        Refused(_folder.File("missing.jpg"));
        Assert.Equal(before.Mask, _engine.Predict(new ImageSource { ImagePath = good }).Mask);
    }

    [Fact]
    public void Row_number_is_told_in_a_view()
    {
        string good = _folder.File("good.png");
        PictureFiles.WritePng(good, 40, 40, 3, (_, x, _) => (byte)(x < 20 ? 0 : 255));
        IDataView data = _ml.Data.LoadFromEnumerable<ImageSource>([new() { ImagePath = good }, new() { ImagePath = "gone.png" }]);
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new() { AnchorsPerSide = 4 }).Fit(data);
        IDataView masks = chain.Transform(data);
        DataViewSchema.Column mask = masks.Schema["Mask"];
        using DataViewRowCursor cursor = masks.GetRowCursor([mask]);
        ValueGetter<VBuffer<ushort>> getter = cursor.GetGetter<VBuffer<ushort>>(mask);
        VBuffer<ushort> labels = default;
        cursor.MoveNext();
        getter(ref labels);
        cursor.MoveNext();

        var error = Assert.Throws<SegmentationException>(() => getter(ref labels));
        Assert.Equal((1L, "gone.png"), (error.Row, error.ImagePath));
        Assert.StartsWith("Row 1 ('gone.png') could not be segmented: ", error.Message);
        Assert.Throws<SegmentationException>(() => getter(ref labels));
    }

    /// <summary>ML.NET's loader does not turn the picture as EXIF says, so neither does the mask.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(8)]
    public void Mask_lies_on_the_picture_as_loaded_whatever_exif_says(byte orientation)
    {
        byte[] jpeg = PictureFiles.Jpeg(48, 96, (_, x) => x < 0.25 ? 0 : 1);
        string path = _folder.File("turned.jpg");
        File.WriteAllBytes(path, PictureFiles.WithOrientation(jpeg, orientation));

        using MLImage loaded = MLImage.CreateFromFile(path);
        Assert.Equal((48, 96), (loaded.Height, loaded.Width));
        SegmentedImage result = _engine.Predict(new ImageSource { ImagePath = path });
        Assert.Equal((48, 96), (result.MaskHeight, result.MaskWidth));
        Assert.NotEqual(result.Mask[(24 * 96) + 8], result.Mask[(24 * 96) + 88]);
        Assert.Equal(result.Mask[(24 * 96) + 48], result.Mask[(24 * 96) + 88]);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    private SegmentationException Refused(string path)
    {
        var error = Assert.Throws<SegmentationException>(() => _engine.Predict(new ImageSource { ImagePath = path }));
        Assert.Equal(path, error.ImagePath);
        Assert.Contains($"'{path}'", error.Message);
        Assert.NotNull(error.InnerException);
        return error;
    }
}
