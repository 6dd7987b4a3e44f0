using DiffSeg.MLNet.Tests.Data;
using DiffSeg.Onnx;
using Microsoft.ML;

namespace DiffSeg.MLNet.Tests.Masks;

public sealed class MaskOptionsTests
{
    private readonly MLContext _ml = new(seed: 1);

    public static TheoryData<string, DiffSegMaskOptions> Bad { get; } = new()
    {
        { "KlThreshold", new() { KlThreshold = 0 } },
        { "KlThreshold", new() { KlThreshold = -1 } },
        { "KlThreshold", new() { KlThreshold = float.NaN } },
        { "KlThreshold", new() { KlThreshold = float.PositiveInfinity } },
        { "KlThresholds[1]", new() { KlThresholds = [1, 0] } },
        { "Iterations", new() { Iterations = 0 } },
        { "AnchorsPerSide", new() { AnchorsPerSide = 0 } },
        { "AnchorsPerSide", new() { AnchorsPerSide = 1 } },
        { "AnchorsPerSide", new() { AnchorsPerSide = 65 } },
        { "Fit", new() { Fit = (ImageFit)7 } },
        { "MinRegionShare", new() { MinRegionShare = -0.1 } },
        { "MinRegionShare", new() { MinRegionShare = 1.1 } },
        { "MinRegionShare", new() { MinRegionShare = double.NaN } },
        { "LabelOrder", new() { LabelOrder = (LabelOrder)7 } },
        { "ZeroAttention", new() { ZeroAttention = (ZeroAttention)7 } },
        { "MaxDegreeOfParallelism", new() { MaxDegreeOfParallelism = 0 } },
        { "Columns", new() { Columns = (MaskColumns)1024 } },
        { "ModelImageHeight", new() { ModelImageHeight = 0 } },
        { "ModelImageWidth", new() { ModelImageWidth = -5 } },
        { "AttentionShapes", new() { AttentionShapes = [new AttentionShape(1, 64, 64)] } },
        { "Size", new() { Size = MaskSize.Original } },
        { "ResolutionWeights", new() { ResolutionWeights = [1, 2] } },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Option_out_of_range_is_named(string option, DiffSegMaskOptions options)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.DiffSegMask("Mask", AttentionModel.Demo, options: options));
        Assert.Equal(option, error.ParamName);
    }

    [Fact]
    public void More_anchors_than_tokens_are_refused_when_the_map_is_known()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: new() { AnchorsPerSide = 17 }).Fit(data));
        Assert.Equal("AnchorsPerSide", error.ParamName);
        Assert.Contains("16", error.Message);
    }

    [Fact]
    public void Weights_for_other_resolutions_are_refused_when_the_maps_are_known()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: new() { AnchorsPerSide = 8, ResolutionWeights = [1, 2] }).Fit(data));
        Assert.Equal("ResolutionWeights", error.ParamName);
        Assert.Contains("2 weights for 1", error.Message);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    [InlineData(100_000, 100_000)]
    public void Mask_of_an_impossible_size_is_refused(int height, int width)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new MaskSize(height, width));

    [Fact]
    public void Names_must_not_be_empty()
    {
        Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSegMask("", ["Fine"]));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSegMask("Mask", []));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSegMask("Mask", [""]));
        Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSeg("Mask", "", AttentionModel.Demo));
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.DiffSeg("Mask", "ImagePath", null!));
        Assert.Throws<ArgumentNullException>(() => _ml.Transforms.DiffSegMask(null!, ["Fine"]));
    }

    [Fact]
    public void What_is_wrong_with_a_name_is_said_of_the_callers_own_parameter()
    {
        Assert.Equal("outputColumnName", Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSegMask("", ["Fine"])).ParamName);
        Assert.Equal("inputColumnNames", Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSegMask("Mask", [])).ParamName);
        Assert.Equal("outputColumnName", Assert.Throws<ArgumentException>(() => _ml.Transforms.DiffSeg("", "A", AttentionModel.Demo)).ParamName);
        Assert.Equal("maskColumnName", Assert.Throws<ArgumentException>(() => _ml.Transforms.PaintMask("Overlay", "Photo", "")).ParamName);
        Assert.Equal("inputColumnName", Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadPictures("Photo", "")).ParamName);
        Assert.Equal("inputColumnName", Assert.Throws<ArgumentException>(() => _ml.Transforms.LoadLabelMaps("Label", "", null)).ParamName);
    }

    [Fact]
    public void Defaults_are_what_the_model_recommends()
    {
        IDataView none = _ml.Data.LoadFromEnumerable(Array.Empty<ImageSource>());
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", AttentionModel.Demo).Fit(none);
        DiffSegMaskOptions options = DiffSegMaskTransformer.ReadOptions(chain)!;

        Assert.Equal(AttentionModel.Demo.RecommendedKlThreshold, options.KlThreshold);
        Assert.Equal(AttentionModel.Demo.ImageHeight, options.ModelImageHeight);
        Assert.Equal(AttentionModel.Demo.ImageWidth, options.ModelImageWidth);
        Assert.Equal(AttentionModel.Demo.Outputs.Select(output => output.Shape), options.AttentionShapes);
        Assert.Equal(new MaskSize(512, 512), options.Size);
        Assert.Equal(ImageFit.Pad, options.Fit);
        Assert.Equal("Vector<UInt16, 512, 512>", chain.GetOutputSchema(none.Schema)["Mask"].Type.ToString());
    }

    [Fact]
    public void Without_a_model_the_threshold_is_the_published_one()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        Assert.Equal(1.1f, _ml.Transforms.DiffSegMask("Mask", ["Fine"]).Fit(data).Options.KlThreshold);
    }

    [Fact]
    public void Options_can_be_changed_after_the_estimator_is_made_without_changing_it()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        var options = new DiffSegMaskOptions { KlThresholds = [0.5f, 0.7f] };
        DiffSegMaskEstimator estimator = _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: options);
        options.KlThresholds[0] = 9;
        options.Iterations = 9;
        Assert.Equal([0.5f, 0.7f], estimator.Fit(data).Options.KlThresholds!);
    }

    [Fact]
    public void A_model_without_masks_has_no_options()
    {
        IDataView data = _ml.Data.LoadFromEnumerable(TestData.AttentionRows(1));
        ITransformer other = _ml.Transforms.Conversion
            .MapValue("Out", [KeyValuePair.Create("a", 1)], "Name").Fit(data);
        Assert.Null(DiffSegMaskTransformer.ReadOptions(other));
        Assert.Null(DiffSegMaskTransformer.ReadOptions(_ml.Transforms.CopyColumns("B", "Name").Append(
            _ml.Transforms.CopyColumns("C", "B")).Fit(data)));
    }
}
