using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Chain;

public sealed class ReadyMadeChainTests : IDisposable
{
    private static readonly DiffSegMaskOptions Options = new() { AnchorsPerSide = 4 };
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Chain_gives_what_its_steps_by_hand_give()
    {
        string path = Save("a.png", 120, 200, 1);
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFolder(_folder.Path));
        AttentionModel model = AttentionModel.Demo;
        IEstimator<ITransformer> byHand = _ml.Transforms.LoadImages("Image", "", "ImagePath")
            .Append(_ml.Transforms.ResizeImages(
                "Resized", model.ImageWidth, model.ImageHeight, "Image", ImageResizingEstimator.ResizingKind.IsoPad))
            .Append(_ml.Transforms.ExtractPixels(model.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f))
            .Append(FinalizersOnHold.While(() => _ml.Transforms.ApplyOnnxModel([.. model.OutputNames], [model.InputName], model.Path, null, false)))
            .Append(_ml.Transforms.DiffSegMask("Mask", model, "Image", Options));

        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", model, Options).Fit(data);

        Assert.Equal(
            RowValues.Read(byHand.Fit(data).Transform(data), "ImagePath", "Mask"),
            RowValues.Read(chain.Transform(data), "ImagePath", "Mask"));
        Assert.Equal(["ImagePath", "Mask", "MaskHeight", "MaskWidth"], chain.GetOutputSchema(data.Schema).Select(column => column.Name));
        Assert.EndsWith(path, RowValues.Read(data, "ImagePath").Single());
    }

    [Fact]
    public void Row_class_measures_its_segments()
    {
        Save("a.png", 100, 200, 0);
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFolder(_folder.Path));
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, new()
        {
            AnchorsPerSide = 8,
            Size = MaskSize.Original,
        }).Fit(data);

        SegmentedImage row = _ml.Data.CreateEnumerable<SegmentedImage>(chain.Transform(data), reuseRowObject: false).Single();

        Assert.Equal((100, 200), (row.MaskHeight, row.MaskWidth));
        IReadOnlyList<Segment> segments = row.Segments();
        Assert.Equal(row.Mask.Distinct().Count(), segments.Count);
        Assert.Equal(100 * 200, segments.Sum(segment => segment.Area));
        Assert.Equal(row.Mask.Count(label => label == 0), segments[0].Area);
        Assert.True(segments[0].Area >= segments[^1].Area);
    }

    [Fact]
    public void Row_class_needs_no_option()
    {
        Save("a.png", 100, 200, 0);
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFolder(_folder.Path));
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo).Fit(data);

        SegmentedImage row = _ml.Data.CreateEnumerable<SegmentedImage>(chain.Transform(data), reuseRowObject: false).Single();

        Assert.Equal((512, 512), (row.MaskHeight, row.MaskWidth));
        Assert.Equal(512 * 512, row.Segments().Sum(segment => segment.Area));
    }

    [Fact]
    public void The_mask_can_come_alone()
    {
        Save("a.png", 64, 64, 0);
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFolder(_folder.Path));
        using var chain = _ml.Transforms.DiffSeg(
            "Mask", "ImagePath", AttentionModel.Demo, new() { Columns = MaskColumns.None }).Fit(data);
        Assert.Equal(["ImagePath", "Mask"], chain.GetOutputSchema(data.Schema).Select(column => column.Name));
    }

    [Fact]
    public void Paths_can_start_from_a_folder()
    {
        Save("a.png", 64, 64, 0);
        IDataView data = _ml.Data.LoadFromEnumerable<ImageSource>([new() { ImagePath = "a.png" }]);
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, Options, _folder.Path).Fit(data);
        Assert.Single(RowValues.Read(chain.Transform(data), "Mask"));
    }

    [Fact]
    public void Painting_follows_with_the_callers_own_picture_column()
    {
        Save("a.png", 90, 160, 1);
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFolder(_folder.Path));
        IEstimator<ITransformer> pipeline = _ml.Transforms.LoadImages("Image", "", "ImagePath")
            .Append(_ml.Transforms.DiffSeg("Mask", "Image", AttentionModel.Demo, Options))
            .Append(_ml.Transforms.PaintMask("Overlay", "Image", "Mask"));

        IDataView result = pipeline.Fit(data).Transform(data);

        using MLImage overlay = result.GetColumn<MLImage>("Overlay").Single();
        Assert.Equal((160, 90), (overlay.Width, overlay.Height));
        overlay.Save(_folder.File("overlay.png"));
        Assert.True(new FileInfo(_folder.File("overlay.png")).Length > 0);
    }

    /// <summary>ResizeImages hands a picture of the right size on uncopied, and ExtractPixels disposes it.</summary>
    [Theory]
    [InlineData(512, 512)]
    [InlineData(100, 100)]
    public void Pictures_of_the_caller_stay_alive(int height, int width)
    {
        using MLImage picture = TestData.Picture(height, width, TestData.Regions(1));
        InMemory[] rows = [new() { Picture = picture }];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var chain = _ml.Transforms.DiffSeg("Mask", "Picture", AttentionModel.Demo, Options).Fit(data);

        List<string> first = RowValues.Read(chain.Transform(data), "Mask");
        Assert.Equal(first, RowValues.Read(chain.Transform(data), "Mask"));
        using PredictionEngine<InMemory, Labelled> engine = _ml.Model.CreatePredictionEngine<InMemory, Labelled>(chain);
        ushort[] predicted = engine.Predict(rows[0]).Mask;
        Assert.Equal(predicted, engine.Predict(rows[0]).Mask);
        Assert.Equal(width, picture.Width);
    }

    [Theory]
    [InlineData("input")]
    [InlineData("output")]
    public void Column_with_a_tensors_name_is_refused(string which)
    {
        string name = which == "input" ? AttentionModel.Demo.InputName : AttentionModel.Demo.OutputNames[0];
        IDataView data = _ml.Data.LoadFromEnumerable<ImageSource>([new() { ImagePath = "a.png" }]);
        IDataView taken = _ml.Transforms.CopyColumns(name, "ImagePath").Fit(data).Transform(data);
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo).Fit(taken));
        Assert.Contains($"'{name}'", error.Message);
        Assert.Contains("rename", error.Message);
    }

    [Theory]
    [InlineData("image")]
    [InlineData("attention_64")]
    [InlineData("DiffSeg.Loaded")]
    public void Mask_with_the_name_of_an_inner_column_is_refused(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSeg(name, "ImagePath", AttentionModel.Demo));
        Assert.Equal("outputColumnName", error.ParamName);
        Assert.Contains($"'{name}'", error.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gpu_that_cannot_be_used_falls_back_when_told_to(bool useApplyOnnxModel)
    {
        Save("a.png", 64, 64, 0);
        IDataView data = _ml.Data.LoadFromEnumerable(ImageSource.FromFolder(_folder.Path));
        using var cpu = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, Options).Fit(data);
        // No machine has that many.
        using var gpu = _ml.Transforms.DiffSeg(
            "Mask", "ImagePath", AttentionModel.Demo, Options, gpuDeviceId: 99, fallbackToCpu: true,
            useApplyOnnxModel: useApplyOnnxModel).Fit(data);
        Assert.Equal(RowValues.Read(cpu.Transform(data), "Mask"), RowValues.Read(gpu.Transform(data), "Mask"));
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Transforms.DiffSeg(
            "Mask", "ImagePath", AttentionModel.Demo, Options, gpuDeviceId: 99, useApplyOnnxModel: useApplyOnnxModel).Fit(data));
        Assert.NotNull(error.InnerException);
    }

    [Fact]
    public void A_gpu_beside_scoring_settings_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSeg(
            "Mask", "ImagePath", AttentionModel.Demo, gpuDeviceId: 0, scoring: new()));
        Assert.Contains("GpuDeviceId", error.Message);
    }

    [Fact]
    public void Missing_picture_folder_is_named()
    {
        IDataView data = _ml.Data.LoadFromEnumerable<ImageSource>([new() { ImagePath = "a.png" }]);
        var error = Assert.Throws<ArgumentException>(
            () => _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, imageFolder: "no-such-folder").Fit(data));
        Assert.Contains("no-such-folder", error.Message);
    }

    public void Dispose() => _folder.Dispose();

    private string Save(string name, int height, int width, int regions)
    {
        using MLImage picture = TestData.Picture(height, width, TestData.Regions(regions));
        picture.Save(_folder.File(name));
        return _folder.File(name);
    }

    private sealed class InMemory
    {
        [ImageType(300, 400)]
        public MLImage? Picture { get; set; }
    }

    internal sealed class Labelled
    {
        public ushort[] Mask { get; set; } = [];
    }
}
