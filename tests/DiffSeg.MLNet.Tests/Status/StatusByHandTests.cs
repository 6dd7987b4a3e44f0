using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Status;

/// <summary>The steps by hand, with ML.NET's own among them: reasons come through, and painting paints nothing.</summary>
public sealed class StatusByHandTests(MixedRows mixed) : IClassFixture<MixedRows>
{
    private static readonly DiffSegMaskOptions Options =
        new() { AnchorsPerSide = 4, Size = MaskSize.Original, Columns = MaskColumns.Status | MaskColumns.SegmentCount };

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Loaded_pictures_tell_their_reason_through_every_step(bool useApplyOnnxModel, bool saved)
    {
        IDataView data = Data();
        ITransformer steps = ByHand(_ml.Transforms.LoadPictures("Photo", "ImagePath"), useApplyOnnxModel).Fit(data);
        if (saved)
        {
            using var folder = new TemporaryFolder();
            _ml.Model.Save(steps, data.Schema, folder.File("model.zip"));
            steps = _ml.Model.LoadChecked(folder.File("model.zip"), out _);
        }

        IDataView result = steps.Transform(data);

        Assert.Equal(Reasons, result.GetColumn<string>("PhotoStatus"));
        Assert.Equal(Reasons, result.GetColumn<string>("MaskStatus"));
        Assert.Equal(Reasons.Select(reason => reason.Length == 0), result.GetColumn<int>("MaskSegmentCount").Select(count => count > 0));
        Assert.Equal(Reasons.Select(reason => reason.Length == 0), Painted(result));
    }

    [Fact]
    public void What_LoadImages_throws_is_told_of_its_row()
    {
        // It decodes what it can of a cut picture, and gives no picture and no error for an empty path.
        string[] names = ["good-0.png", "gone.jpg", "text.jpg", "good-0.png"];
        MixedRow[] rows = [.. mixed.Rows.Where(row => names.Contains(Path.GetFileName(row.ImagePath)))];
        IDataView data = _ml.Data.LoadFromEnumerable(rows.Select(row => new ImageSource { ImagePath = row.ImagePath }));

        IDataView result = ByHand(_ml.Transforms.LoadImages("Photo", "", "ImagePath"), false).Fit(data).Transform(data);

        Assert.Equal(
            rows.Select(row => row.Reason.StartsWith("is a text", StringComparison.Ordinal)
                ? "cannot be decoded: it is damaged, or of a kind that ML.NET does not read" : row.Reason),
            result.GetColumn<string>("MaskStatus"));
        Assert.Equal(rows.Select(row => row.Reason.Length == 0), Painted(result));
    }

    [Fact]
    public void Chain_over_a_column_of_loaded_pictures_takes_their_reasons_over()
    {
        IDataView data = Data();
        var steps = _ml.Transforms.LoadPictures("Photo", "ImagePath")
            .Append(_ml.Transforms.DiffSeg("Mask", "Photo", mixed.Model, Options));

        IDataView result = steps.Fit(data).Transform(data);

        Assert.Equal(Reasons, result.GetColumn<string>("MaskStatus"));
    }

    [Fact]
    public void Attention_that_is_none_is_told_with_its_column()
    {
        AttentionRow[] rows = TestData.AttentionRows(4);
        rows[1].Coarse[777] = float.NaN;
        rows[2].Picture = null;
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var masks = _ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], "Picture", new()
        {
            AnchorsPerSide = 8,
            Columns = MaskColumns.Status,
            Size = new MaskSize(12, 16),
        });

        IDataView result = masks.Fit(data).Transform(data);

        string[] status = [.. result.GetColumn<string>("MaskStatus")];
        Assert.Equal(("", ""), (status[0], status[3]));
        Assert.StartsWith("Column 'Coarse': ", status[1]);
        Assert.Contains("NaN", status[1]);
        Assert.Equal("Column 'Picture' holds no picture; an empty path loads none.", status[2]);
        Assert.Equal([12 * 16, 0, 0, 12 * 16], result.GetColumn<VBuffer<ushort>>("Mask").Select(mask => mask.Length));
        Assert.Equal([12, 0, 0, 12], result.GetColumn<int>("MaskHeight"));
    }

    [Fact]
    public void A_status_beside_a_picture_that_is_there_is_somebody_elses()
    {
        Tagged[] rows = [new() { Picture = TestData.Picture(40, 60, TestData.Regions(0)), PictureStatus = "approved" }, new() { PictureStatus = "lost" }];
        IDataView data = _ml.Data.LoadFromEnumerable(rows);
        var chain = _ml.Transforms.DiffSeg("Mask", "Picture", mixed.Model, Options);

        Assert.Equal(["", "lost"], chain.Fit(data).Transform(data).GetColumn<string>("MaskStatus"));
    }

    private IEnumerable<string> Reasons => mixed.Rows.Select(row => row.Reason);

    private IDataView Data() => _ml.Data.LoadFromEnumerable(mixed.Rows.Select(row => new ImageSource { ImagePath = row.ImagePath }));

    private EstimatorChain<PaintMaskTransformer> ByHand(IEstimator<ITransformer> loading, bool useApplyOnnxModel)
    {
        AttentionModel model = mixed.Model;
        return new EstimatorChain<ITransformer>()
            .Append(loading)
            .Append<ITransformer>(_ml.Transforms.ResizeImages(
                "Resized", model.ImageWidth, model.ImageHeight, "Photo", ImageResizingEstimator.ResizingKind.IsoPad))
            .Append<ITransformer>(_ml.Transforms.ExtractPixels(model.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f))
            .Append<ITransformer>(useApplyOnnxModel
                ? FinalizersOnHold.While(() => _ml.Transforms.ApplyOnnxModel([.. model.OutputNames], [model.InputName], model.Path, null, false))
                : _ml.Transforms.ApplyAttentionModel(model))
            .Append<ITransformer>(_ml.Transforms.DiffSegMask("Mask", model, "Photo", Options))
            .Append(_ml.Transforms.PaintMask("Overlay", "Photo", "Mask"));
    }

    private static List<bool> Painted(IDataView result)
    {
        List<bool> painted = [];
        foreach (MLImage? overlay in result.GetColumn<MLImage>("Overlay"))
        {
            painted.Add(overlay is not null);
            overlay?.Dispose();
        }

        return painted;
    }

    internal sealed class Tagged
    {
        [ImageType(40, 60)]
        public MLImage? Picture { get; set; }

        public string PictureStatus { get; set; } = "";
    }
}
