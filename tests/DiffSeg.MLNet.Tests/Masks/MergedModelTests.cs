using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Masks;

/// <summary>A model that does the first iteration of the merging in its graph, against the same model that does not.</summary>
public sealed class MergedModelTests : IDisposable
{
    private const int Anchors = 8;
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly AttentionModel _model;

    public MergedModelTests()
    {
        string path = _folder.File("merged.onnx");
        File.WriteAllBytes(path, DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = Anchors }));
        _model = AttentionModel.Load(path);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100, 160)]
    [InlineData(90, 90)]
    public void Its_masks_are_those_of_the_model_that_gives_attention(int height, int width)
    {
        IDataView data = Photo(height, width);
        DiffSegMaskOptions options = Options();
        options.Size = MaskSize.Original;
        using var expected = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, options).Fit(data);
        using var actual = _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, options).Fit(data);

        List<string> masks = RowValues.Read(actual.Transform(data), "Mask", "MaskHeight", "MaskWidth");

        Assert.Equal(RowValues.Read(expected.Transform(data), "Mask", "MaskHeight", "MaskWidth"), masks);
        Assert.InRange(
            _ml.Data.CreateEnumerable<SegmentedImage>(actual.Transform(data), reuseRowObject: false).Single().Segments().Count, 2, 100);
    }

    [Fact]
    public void A_saved_chain_gives_the_same_masks()
    {
        IDataView data = Photo(100, 160);
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, Options()).Fit(data);

        _ml.Model.Save(chain, data.Schema, _folder.File("model.zip"));
        ITransformer loaded = _ml.Model.LoadChecked(_folder.File("model.zip"), out _);

        Assert.Equal(RowValues.Read(chain.Transform(data), "Mask"), RowValues.Read(loaded.Transform(data), "Mask"));
        (loaded as IDisposable)?.Dispose();
    }

    [Fact]
    public void By_hand_either_scoring_step_runs_it()
    {
        IDataView data = Photo(64, 64);
        IEstimator<ITransformer> pixels = _ml.Transforms.LoadImages("Image", "", "ImagePath")
            .Append(_ml.Transforms.ResizeImages("Resized", 512, 512, "Image", ImageResizingEstimator.ResizingKind.IsoCrop))
            .Append(_ml.Transforms.ExtractPixels(_model.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f));
        IEstimator<ITransformer> mask = _ml.Transforms.DiffSegMask("Mask", _model, "Image", Options());
        using var theirs = pixels.Append(FinalizersOnHold.While(() => _ml.Transforms.ApplyOnnxModel([.. _model.OutputNames], [_model.InputName], _model.Path, null, false)))
            .Append(mask).Fit(data);
        using var ours = pixels.Append(_ml.Transforms.ApplyAttentionModel(_model)).Append(mask).Fit(data);

        List<string> masks = RowValues.Read(ours.Transform(data), "Mask");

        Assert.Equal(RowValues.Read(theirs.Transform(data), "Mask"), masks);
        Assert.NotEmpty(masks.Single());
    }

    [Fact]
    public void Later_iterations_take_thresholds_of_their_own()
    {
        DiffSegMaskOptions options = Options();
        options.KlThresholds = [1, 0.5f, 0.5f];
        IDataView data = Photo(64, 64);
        using var expected = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, options).Fit(data);
        using var actual = _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, options).Fit(data);

        Assert.Equal(RowValues.Read(expected.Transform(data), "Mask"), RowValues.Read(actual.Transform(data), "Mask"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_ready_made_chain_hands_a_threshold_to_the_graph(bool perIteration)
    {
        DiffSegMaskOptions options = Options();
        options.KlThreshold = perIteration ? null : 0.4f;
        options.KlThresholds = perIteration ? [0.4f, 0.7f] : null;
        IDataView data = Photo(100, 100);
        using var expected = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo, options).Fit(data);
        using var actual = _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, options).Fit(data);
        using var itsOwn = _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, Options()).Fit(data);

        List<string> masks = RowValues.Read(actual.Transform(data), "Mask");

        Assert.Equal(RowValues.Read(expected.Transform(data), "Mask"), masks);
        Assert.NotEqual(RowValues.Read(itsOwn.Transform(data), "Mask"), masks);
    }

    [Fact]
    public void A_threshold_that_would_not_reach_the_graph_is_refused()
    {
        DiffSegMaskOptions options = Options();
        options.KlThreshold = 0.4f;
        IDataView data = Photo(64, 64);
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, options).Fit(data);

        var saving = Assert.Throws<NotSupportedException>(() => _ml.Model.Save(chain, data.Schema, _folder.File("model.zip")));
        Assert.Contains("0.4", saving.Message);
        Assert.Contains(_model.Path, saving.Message);
        Assert.Throws<ArgumentOutOfRangeException>(
            "KlThreshold", () => _ml.Transforms.DiffSeg("Mask", "ImagePath", _model, options, useApplyOnnxModel: true));
    }

    public static TheoryData<string, Action<DiffSegMaskOptions>, string> WhatTheGraphHasDone => new()
    {
        { "Fit", o => o.Fit = ImageFit.Pad, "Set Fit to Crop" },
        { "Refine", o => o.Refine = true, "Switch it off" },
        { "AnchorsPerSide", o => o.AnchorsPerSide = 16, "Set AnchorsPerSide to 8" },
        { "ZeroAttention", o => o.ZeroAttention = ZeroAttention.MatchesNothing, "ZeroAttention.Clamp" },
        { "ResolutionWeights", o => o.ResolutionWeights = [1], "Set ResolutionWeights to null" },
        { "AttentionShapes", o => o.AttentionShapes = [new AttentionShape(1, 32, 32)], "Set AttentionShapes to null" },
        { "KlThreshold", o => o.KlThreshold = 0.8f, "merges with the threshold 1." },
        { "KlThresholds", o => o.KlThresholds = [0.8f, 1], "Begin KlThresholds with it" },
    };

    [Theory]
    [MemberData(nameof(WhatTheGraphHasDone))]
    public void What_the_graph_has_done_cannot_be_asked_for(string name, Action<DiffSegMaskOptions> change, string advice)
    {
        DiffSegMaskOptions options = Options();
        change(options);

        var error = Assert.Throws<ArgumentOutOfRangeException>(name, () => _ml.Transforms.DiffSegMask("Mask", _model, "Image", options));

        Assert.Contains(advice, error.Message);
        Assert.Contains("or use a model of the form Aggregated.", error.Message);
    }

    [Fact]
    public void Without_a_picture_nothing_is_padded()
    {
        DiffSegMaskOptions options = Options();
        options.Fit = ImageFit.Pad;
        options.Size = new MaskSize(64, 64);
        IDataView data = _ml.Data.LoadFromEnumerable([new Row()]);

        IDataView masks = _ml.Transforms.DiffSegMask("Mask", _model, options: options).Fit(data).Transform(data);

        Assert.Equal(new ushort[64 * 64], masks.GetColumn<ushort[]>("Mask").Single());
    }

    [Fact]
    public void A_column_of_attention_is_refused()
    {
        var wrong = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.Transforms
            .ApplyOnnxModel(["attention_8"], ["image"], AttentionModel.Demo.Path, null, false)
            .Append(_ml.Transforms.CopyColumns("proposals", "attention_8"))
            .Append(_ml.Transforms.DiffSegMask("Mask", _model, options: Options()))
            .Fit(_ml.Data.LoadFromEnumerable([new Pixels()])));

        Assert.StartsWith("Schema mismatch for input column 'proposals': expected Vector<Single, 262144> (64x64)", wrong.Message);
    }

    private static DiffSegMaskOptions Options() => new() { AnchorsPerSide = Anchors, Fit = ImageFit.Crop };

    private IDataView Photo(int height, int width)
    {
        using MLImage picture = TestData.Picture(height, width, TestData.Regions(1));
        picture.Save(_folder.File("a.png"));
        return _ml.Data.LoadFromEnumerable<ImageSource>([new() { ImagePath = _folder.File("a.png") }]);
    }

    /// <summary>Proposals that are all alike.</summary>
    private sealed class Row
    {
        [VectorType(Anchors * Anchors, 4096)]
        [ColumnName("proposals")]
        public float[] Proposals { get; init; } = [.. Enumerable.Repeat(1f / 4096, Anchors * Anchors * 4096)];
    }

    private sealed class Pixels
    {
        [VectorType(1, 3, 512, 512)]
        [ColumnName("image")]
        public float[] Image { get; init; } = new float[3 * 512 * 512];
    }
}
