using DiffSeg.MLNet.Chain;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Tests.Exports;

/// <summary>
/// No other test runs beside these: a model loaded by ML.NET's own steps (by hand, or from a saved chain) can crash the
/// process when others' garbage is collected meanwhile (FinalizersOnHold says why), and these take long to load.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInTheProcess
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "alone in the process";
}

/// <summary>Models built from exports of Stable Diffusion, in ML.NET on a real photo. The segments of random weights mean nothing.</summary>
[Collection(AloneInTheProcess.Name)]
public sealed class ExportChainTests(BuiltExports exports) : IClassFixture<BuiltExports>
{
    private const int Side = 128;

    // Low, so that attention of random weights falls into more than one segment.
    private static readonly DiffSegMaskOptions Options = new() { AnchorsPerSide = 4, KlThreshold = 0.05f };

    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [MemberData(nameof(BuiltExports.Sets), MemberType = typeof(BuiltExports))]
    public void A_photo_goes_through_the_whole_chain_and_through_saving(string set)
    {
        AttentionModel model = exports.Model(set, Small());
        using var folder = new TemporaryFolder();
        IDataView data = Photo();
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", model, Options).Fit(data);

        List<string> masks = RowValues.Read(chain.Transform(data), "Mask");
        SegmentedImage row = _ml.Data.CreateEnumerable<SegmentedImage>(chain.Transform(data), reuseRowObject: false).Single();
        _ml.Model.Save(chain, data.Schema, folder.File("model.zip"));
        ITransformer loaded = _ml.Model.LoadChecked(folder.File("model.zip"), out _);

        Assert.Equal((Side, Side), (row.MaskHeight, row.MaskWidth));
        Assert.Equal(Side * Side, row.Segments().Sum(s => s.Area));
        Assert.Equal(masks, RowValues.Read(loaded.Transform(data), "Mask"));
        (loaded as IDisposable)?.Dispose();
    }

    public static TheoryData<AttentionForm, WeightStorage, bool> Variants =>
    [
        .. from form in Enum.GetValues<AttentionForm>()
           from storage in Enum.GetValues<WeightStorage>()
           from inOneFile in new[] { true, false }
           select new TheoryDataRow<AttentionForm, WeightStorage, bool>(form, storage, inOneFile),
    ];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_form_and_storage_works_by_hand_as_in_the_ready_made_chain(AttentionForm form, WeightStorage storage, bool inOneFile)
    {
        AttentionModel model = exports.Model(BuiltExports.First, Small() with
        {
            Form = form,
            FirstMerge = new FirstMerge { AnchorsPerSide = Options.AnchorsPerSide },
            KlThreshold = Options.KlThreshold,
            Weights = storage,
            SingleFileLimit = inOneFile ? 1 << 30 : 0,
        });
        IDataView data = Photo();
        // A graph that has merged cannot leave out bars of padding.
        ImageFit fit = form == AttentionForm.Merged ? ImageFit.Crop : ImageFit.Pad;
        DiffSegMaskOptions options = new() { AnchorsPerSide = Options.AnchorsPerSide, KlThreshold = Options.KlThreshold, Fit = fit };
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", model, options).Fit(data);
        using TransformerChain<ITransformer> byHand = ByHand(model, options).Fit(data);

        Assert.Equal(inOneFile, model.FindDataFiles().Count == 0);
        Assert.Equal(RowValues.Read(chain.Transform(data), "Mask"), RowValues.Read(byHand.Transform(data), "Mask"));
    }

    [Fact]
    public void A_model_with_a_data_file_is_refused_when_it_is_saved()
    {
        AttentionModel model = exports.Model(BuiltExports.First, Small() with { SingleFileLimit = 0 });
        using var folder = new TemporaryFolder();
        IDataView data = Photo();
        using var chain = _ml.Transforms.DiffSeg("Mask", "ImagePath", model, Options).Fit(data);
        using TransformerChain<ITransformer> byHand = ByHand(model, Options).Fit(data);

        foreach (ITransformer transformer in new ITransformer[] { chain, byHand })
        {
            var error = Assert.Throws<NotSupportedException>(() => _ml.Model.Save(transformer, data.Schema, folder.File("model.zip")));

            Assert.Contains(model.Path, error.Message);
            Assert.Contains(Path.GetFileName(model.FindDataFiles()[0]), error.Message);
            Assert.Contains("SingleFileLimit", error.Message);
        }
    }

    private static AttentionModelOptions Small() => new() { ImageHeight = Side, ImageWidth = Side };

    private EstimatorChain<ITransformer> ByHand(AttentionModel model, DiffSegMaskOptions options) => new EstimatorChain<ITransformer>()
        .Append<ITransformer>(_ml.Transforms.LoadImages("Image", "", "ImagePath"))
        .Append<ITransformer>(_ml.Transforms.ResizeImages("Resized", Side, Side, "Image", options.Fit == ImageFit.Pad
            ? ImageResizingEstimator.ResizingKind.IsoPad
            : ImageResizingEstimator.ResizingKind.IsoCrop))
        .Append<ITransformer>(_ml.Transforms.ExtractPixels(model.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f))
        .Append<ITransformer>(FinalizersOnHold.While(() => _ml.Transforms.ApplyOnnxModel([.. model.OutputNames], [model.InputName], model.Path, null, false)))
        .Append<ITransformer>(_ml.Transforms.DiffSegMask("Mask", model, "Image", options));

    private IDataView Photo() => _ml.Data.LoadFromEnumerable<ImageSource>(
        [new() { ImagePath = Path.Combine(Repository.Root, "models", "samples", "canyon-wren.jpg") }]);
}
