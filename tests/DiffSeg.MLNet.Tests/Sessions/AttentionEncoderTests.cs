using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Fuzzing;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Sessions;

/// <summary>An encoder's sessions against the ready-made chain.</summary>
public sealed class AttentionEncoderTests : IDisposable
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly SmallModel _small = new();

    [Theory]
    [InlineData(120, 200, ImageFit.Pad)]
    [InlineData(121, 67, ImageFit.Pad)]
    [InlineData(512, 512, ImageFit.Pad)]
    [InlineData(1, 1, ImageFit.Pad)]
    [InlineData(120, 200, ImageFit.Crop)]
    [InlineData(301, 97, ImageFit.Crop)]
    public void The_mask_is_the_chains_to_the_bit(int height, int width, ImageFit fit)
    {
        string path = Save("a.png", height, width, 1);
        (int maskHeight, int maskWidth, ushort[] mask) = ByChain(
            AttentionModel.Demo, path, new() { Fit = fit, Size = MaskSize.Original });
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(AttentionModel.Demo, fit: fit);

        using SegmentationSession session = encoder.Encode(path, Stop);

        Segmentation segmented = session.Segment(cancellationToken: Stop);
        Assert.Equal((maskHeight, maskWidth), (segmented.Height, segmented.Width));
        Assert.Equal(mask, segmented.Labels.ToArray());
        Assert.Equal((maskHeight, maskWidth), (session.Grid.OutputHeight, session.Grid.OutputWidth));
        Assert.Same(session.Picture, segmented.Picture);
        using MLImage inMemory = MLImage.CreateFromFile(path);
        using SegmentationSession second = encoder.Encode(inMemory, Stop);
        Assert.Equal(mask, second.Segment(cancellationToken: Stop).Labels.ToArray());
        Assert.Equal(width, inMemory.Width);
        using FileStream stream = File.OpenRead(path);
        using SegmentationSession third = encoder.Encode(stream, Stop);
        Assert.Equal(mask, third.Segment(cancellationToken: Stop).Labels.ToArray());
    }

    [Fact]
    public void A_model_of_small_maps_has_an_encoder_with_fewer_anchors()
    {
        RunningModels.Write(_folder);
        AttentionModel model = AttentionModel.Load(_folder.File("one.onnx"));
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(model, new() { AnchorsPerSide = 4 });

        using SegmentationSession session = encoder.Encode(Save("a.png", 20, 20, 1), Stop);

        Assert.Equal(20 * 20, session.Segment(cancellationToken: Stop).Labels.Length);
        Assert.Throws<ArgumentOutOfRangeException>("AnchorsPerSide", () => _ml.Segmentation().LoadEncoder(model));
    }

    [Theory]
    [InlineData(ImageFit.Pad, 15)]
    [InlineData(ImageFit.Crop, 64)]
    public void The_mask_is_the_chains_with_settings_of_ones_own(ImageFit fit, int width)
    {
        string path = Save("a.png", 33, width, 3);
        DiffSegMaskOptions chain = new()
        {
            Fit = fit,
            Size = MaskSize.Original,
            AnchorsPerSide = 5,
            KlThreshold = 0.4f,
            Regions = true,
            ResolutionWeights = [1, 3],
        };
        DiffSegOptions options = new()
        {
            AnchorsPerSide = 5,
            KlThreshold = 0.4f,
            Regions = true,
            ZeroAttention = ZeroAttention.Clamp,
        };
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(
            _small.Model, options, fit, new() { Weights = [1, 3] }, new() { BatchSize = null, LookAhead = 4 });

        using SegmentationSession session = encoder.Encode(path, Stop);

        Assert.Equal(ByChain(_small.Model, path, chain).Mask, session.Segment(cancellationToken: Stop).Labels.ToArray());
        Assert.Equal(options, session.Options);
        Assert.Same(_small.Model, encoder.Model);
    }

    [Fact]
    public void The_models_threshold_and_the_chains_defaults_count_where_no_options_are_given()
    {
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);
        using SegmentationSession session = encoder.Encode(Save("a.png", 32, 32, 0), Stop);
        Assert.Equal(
            new DiffSegOptions { KlThreshold = _small.Model.RecommendedKlThreshold, ZeroAttention = ZeroAttention.Clamp },
            session.Options);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public void A_model_of_one_picture_or_any_number_is_run_for_one(int? pictures)
    {
        using var small = new SmallModel(pictures);
        string path = Save("a.png", 20, 32, 1);
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(small.Model);
        using SegmentationSession session = encoder.Encode(path, Stop);
        Assert.Equal(
            ByChain(small.Model, path, new() { Size = MaskSize.Original }).Mask, session.Segment(cancellationToken: Stop).Labels.ToArray());
    }

    [Fact]
    public void The_picture_comes_along()
    {
        using MLImage image = TestData.Picture(20, 32, TestData.Regions(1));
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);
        using SegmentationSession session = encoder.Encode(image, Stop);

        Picture picture = session.Picture!;

        Assert.Equal((20, 32, PixelOrder.Rgba32), (picture.Height, picture.Width, picture.Order));
        Assert.Equal(image.Pixels.ToArray(), picture.Pixels.ToArray());
    }

    /// <summary>Rows and columns carry their own numbers, so a part that is off by one shows.</summary>
    [Theory]
    [InlineData(40, 100)]
    [InlineData(101, 40)]
    public void With_crop_the_picture_is_the_part_that_is_covered(int height, int width)
    {
        byte[] pixels = [.. Enumerable.Range(0, height * width).SelectMany(
            i => new byte[] { (byte)(i / width), (byte)(i % width), 0, 255 })];
        using MLImage image = MLImage.CreateFromPixels(width, height, MLPixelFormat.Rgba32, pixels);
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model, fit: ImageFit.Crop);
        using SegmentationSession session = encoder.Encode(image, Stop);

        Picture picture = session.Picture!;

        Assert.Equal((40, 40), (picture.Height, picture.Width));
        Assert.Equal((40, 40), (session.Grid.OutputHeight, session.Grid.OutputWidth));
        (int top, int left) = ((height - 40) / 2, (width - 40) / 2);
        Assert.Equal([(byte)top, (byte)left], picture.Pixels[..2].ToArray());
        Assert.Equal([(byte)(top + 39), (byte)(left + 39)], picture.Pixels[^4..^2].ToArray());
    }

    [Fact]
    public void Sessions_are_each_of_their_own_picture_and_outlive_the_encoder()
    {
        AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);
        string[] paths = [Save("a.png", 32, 32, 0), Save("b.png", 30, 14, 1), Save("c.png", 32, 32, 2), Save("d.png", 9, 31, 3)];
        SegmentationSession[] sessions = [.. paths.Select(path => encoder.Encode(path, Stop))];

        encoder.Dispose();
        encoder.Dispose();

        Assert.All(sessions.Zip(paths), pair => Assert.Equal(
            ByChain(_small.Model, pair.Second, new() { Size = MaskSize.Original }).Mask, pair.First.Segment(cancellationToken: Stop).Labels.ToArray()));
        Array.ForEach(sessions, session => session.Dispose());
        Assert.Throws<ObjectDisposedException>(() => encoder.Encode(paths[0], Stop));
    }

    [Fact]
    public async Task Threads_take_turns()
    {
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);
        string[] paths = [Save("a.png", 32, 32, 0), Save("b.png", 30, 14, 1), Save("c.png", 32, 32, 2), Save("d.png", 9, 31, 3)];
        ushort[][] expected = [.. paths.Select(path => ByChain(_small.Model, path, new() { Size = MaskSize.Original }).Mask)];

        ushort[][] masks = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            () =>
            {
                using SegmentationSession session = encoder.Encode(paths[i % paths.Length], Stop);
                return session.Segment(cancellationToken: Stop).Labels.ToArray();
            },
            Stop)));

        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(expected[i % paths.Length], masks[i]));
    }

    [Fact]
    public void A_file_that_is_no_picture_is_named_and_the_next_one_is_encoded()
    {
        string text = _folder.File("notes.jpg");
        File.WriteAllText(text, "This is no picture.");
        string thread = _folder.File("thread.png");
        PictureFiles.WritePng(thread, 3, 12_000, 1, (_, x, _) => (byte)x);
        string missing = _folder.File("missing.jpg");
        string good = Save("a.png", 32, 32, 1);
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);

        Assert.IsType<FileNotFoundException>(Refused(encoder, missing).InnerException);
        Assert.Equal("is a text, not a picture", Refused(encoder, text).Reason);
        Assert.Contains("12000x3", Refused(encoder, thread).Message);

        using SegmentationSession session = encoder.Encode(good, Stop);
        Assert.Equal(
            ByChain(_small.Model, good, new() { Size = MaskSize.Original }).Mask, session.Segment(cancellationToken: Stop).Labels.ToArray());
    }

    [Fact]
    public void A_picture_in_memory_that_cannot_be_encoded_has_no_path()
    {
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);
        MLImage disposed = TestData.Picture(4, 4, TestData.Regions(0));
        disposed.Dispose();
        var error = Assert.Throws<SegmentationException>(() => encoder.Encode(disposed, Stop));
        Assert.StartsWith("The picture could not be segmented: ", error.Message);
        Assert.Null(error.ImagePath);
        Assert.Throws<ArgumentException>(() => encoder.Encode("", Stop));
        Assert.Throws<ArgumentNullException>(() => encoder.Encode((MLImage)null!, Stop));
    }

    [Fact]
    public void Models_that_give_no_attention_of_single_pictures_are_refused()
    {
        using var two = new SmallModel(2);
        string merged = _folder.File("merged.onnx");
        File.WriteAllBytes(merged, DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));

        NotSupportedException batch = Assert.Throws<NotSupportedException>(() => _ml.Segmentation().LoadEncoder(two.Model));
        NotSupportedException form = Assert.Throws<NotSupportedException>(
            () => _ml.Segmentation().LoadEncoder(AttentionModel.Load(merged)));

        Assert.Contains("takes 2 pictures a run", batch.Message);
        Assert.Contains($"'{merged}' merges in its graph", form.Message);
    }

    [Fact]
    public void Settings_that_do_not_fit_the_model_are_refused_before_any_picture()
    {
        SegmentationCatalog segmentation = _ml.Segmentation();
        Assert.Throws<ArgumentNullException>(() => segmentation.LoadEncoder(null!));
        Assert.Equal("AnchorsPerSide", Assert.Throws<ArgumentOutOfRangeException>(
            () => segmentation.LoadEncoder(_small.Model, new() { AnchorsPerSide = 17 })).ParamName);
        Assert.Throws<ArgumentException>(
            () => segmentation.LoadEncoder(_small.Model, aggregation: new() { Weights = [1, 1, 1] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => segmentation.LoadEncoder(_small.Model, fit: (ImageFit)7));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => segmentation.LoadEncoder(_small.Model, scoring: new() { IntraOpNumThreads = 0 }));
    }

    [Fact]
    public void A_cancelled_token_ends_it_and_the_next_picture_is_encoded()
    {
        using AttentionEncoder encoder = _ml.Segmentation().LoadEncoder(_small.Model);
        string path = Save("a.png", 32, 32, 0);
        Assert.Throws<OperationCanceledException>(() => encoder.Encode(path, new CancellationToken(canceled: true)));
        using SegmentationSession session = encoder.Encode(path, Stop);
        Assert.Equal(2, session.Segment(cancellationToken: Stop).SegmentCount);
    }

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    private static SegmentationException Refused(AttentionEncoder encoder, string path)
    {
        var error = Assert.Throws<SegmentationException>(() => encoder.Encode(path, Stop));
        Assert.StartsWith($"'{path}' could not be segmented: ", error.Message);
        Assert.Equal(path, error.ImagePath);
        Assert.Null(error.Row);
        return error;
    }

    private (int Height, int Width, ushort[] Mask) ByChain(AttentionModel model, string path, DiffSegMaskOptions options)
    {
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFiles(path));
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", model, options).Fit(data);
        SegmentedImage row = _ml.Data.CreateEnumerable<SegmentedImage>(chain.Transform(data), reuseRowObject: false).Single();
        return (row.MaskHeight, row.MaskWidth, row.Mask);
    }

    private string Save(string name, int height, int width, int regions)
    {
        string path = _folder.File(name);
        using MLImage picture = TestData.Picture(height, width, TestData.Regions(regions));
        picture.Save(path);
        return path;
    }
}
