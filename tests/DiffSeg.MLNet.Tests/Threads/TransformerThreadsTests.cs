using System.Collections.Immutable;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Tests.Threads;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Threads;

/// <summary>One fitted chain, one mask transformer, many threads, each over other rows.</summary>
public sealed class TransformerThreadsTests : IDisposable
{
    private const int Pictures = 6;
    private readonly MLContext _ml = new(seed: 1);
    private readonly TemporaryFolder _folder = new();
    private readonly SmallModel _small = new();
    private readonly ImmutableArray<ImageSource> _sources;

    public TransformerThreadsTests() => _sources = [.. Enumerable.Range(0, Pictures).Select(Picture)];

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Sixteen_threads_on_one_chain(int lookAhead)
    {
        ITransformer chain = Chain(lookAhead);

        // Two rows of a view of its own each: the second picture must not be the first one's.
        SixteenThreads.Agree(Pictures, question => Masks(chain.Transform(
            _ml.Data.LoadFromEnumerable([_sources[question], _sources[(question + 1) % Pictures]]))));
        (chain as IDisposable)?.Dispose();
    }

    [Fact]
    public void Sixteen_threads_on_one_chain_by_prediction_engines_of_their_own()
    {
        ITransformer chain = Chain(0);
        using var engines = new ThreadLocal<PredictionEngine<ImageSource, SegmentedImage>>(
            () => _ml.Model.CreatePredictionEngine<ImageSource, SegmentedImage>(chain));

        SixteenThreads.Agree(Pictures, question => Numbers(engines.Value!.Predict(_sources[question])));
        (chain as IDisposable)?.Dispose();
    }

    [Fact]
    public void Sixteen_threads_on_one_mask_transformer()
    {
        AttentionRow[] rows = [.. Enumerable.Range(0, Pictures).Select(number => new AttentionRow { Fine = SyntheticAttention.Map(12, 12, TestData.Regions(number)) })];
        ITransformer masks = _ml.Transforms.DiffSegMask("Mask", ["Fine"], options: new() { AnchorsPerSide = 6, KlThreshold = 0.9f, Size = new MaskSize(30, 40), Columns = MaskColumns.Size })
            .Fit(_ml.Data.LoadFromEnumerable(rows));

        SixteenThreads.Agree(Pictures, question => Masks(masks.Transform(_ml.Data.LoadFromEnumerable([rows[question], rows[(question + 1) % Pictures]]))));
    }

    private ITransformer Chain(int lookAhead) => _ml.Transforms.DiffSeg(
        "Mask", "ImagePath", _small.Model, new() { AnchorsPerSide = 8, Size = MaskSize.Original }, scoring: new() { LookAhead = lookAhead })
        .Fit(_ml.Data.LoadFromEnumerable(_sources));

    private ushort[] Masks(IDataView result) => [.. _ml.Data.CreateEnumerable<MaskRow>(result, reuseRowObject: false).SelectMany(Numbers)];

    private static IEnumerable<ushort> Numbers(MaskRow row) => row.Mask.Prepend((ushort)row.MaskWidth).Prepend((ushort)row.MaskHeight);

    private static ushort[] Numbers(SegmentedImage image) => [(ushort)image.MaskHeight, (ushort)image.MaskWidth, .. image.Mask];

    private ImageSource Picture(int number)
    {
        string path = _folder.File($"{number}.png");
        using MLImage picture = TestData.Picture(32 - number, 30 + (3 * number), TestData.Regions(number));
        picture.Save(path);
        return new ImageSource { ImagePath = path };
    }

    private sealed class AttentionRow
    {
        [VectorType(144 * 144)]
        public float[] Fine { get; set; } = [];
    }

    private sealed class MaskRow
    {
        public ushort[] Mask { get; set; } = [];

        public int MaskHeight { get; set; }

        public int MaskWidth { get; set; }
    }
}
