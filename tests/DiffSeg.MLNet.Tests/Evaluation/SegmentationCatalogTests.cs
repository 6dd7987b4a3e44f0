using DiffSeg.Evaluation;
using DiffSeg.MLNet.Tests.Data;
using DiffSeg.MLNet.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Evaluation;

public sealed class SegmentationCatalogTests
{
    private static readonly EvaluationOptions TwoClasses = new()
    {
        ClassNames = ["sky", "sea"],
        Measures = EvaluationMeasures.Classes | EvaluationMeasures.Regions | EvaluationMeasures.Boundaries
            | EvaluationMeasures.FigureGround,
        BoundaryTolerance = 0.1,
    };

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Masks_of_the_transformer_are_measured_against_the_labels()
    {
        const int Side = 64;
        IDataView data = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(i => new LabelledAttention
        {
            Fine = TestData.AttentionRow(i).Fine,
            Coarse = TestData.AttentionRow(i).Coarse,
            Label = TestData.Labels(Side, Side, TestData.Regions(i)),
        }));
        IDataView masks = _ml.Transforms.DiffSegMask("Mask", ["Fine", "Coarse"], options: new() { Size = new(Side, Side) })
            .Fit(data).Transform(data);

        SegmentationMetrics metrics = Evaluate(
            masks, options: new EvaluationOptions { ClassCount = 4, Measures = EvaluationMeasures.Classes });

        Assert.Equal(4, metrics.ImageCount);
        Assert.Equal(4 * Side * Side, metrics.Scores.Classes!.Pixels);
        Assert.InRange(metrics.PixelAccuracy!.Value, 0.95, 1);
        Assert.InRange(metrics.MeanIntersectionOverUnion!.Value, 0.9, 1);
    }

    [Theory]
    [InlineData(MatchingScope.PerImage)]
    [InlineData(MatchingScope.PerDataSet)]
    public void Four_shards_merged_are_one_run(MatchingScope scope)
    {
        EvaluationOptions options = TwoClasses with { Matching = scope };
        IDataView data = _ml.Data.LoadFromEnumerable(SizedRow.Random(13));
        SegmentationEvaluator[] shards = [.. Enumerable.Range(0, 4).Reverse().Select(s =>
        {
            IDataView rows = _ml.Data.TakeRows(s == 0 ? data : _ml.Data.SkipRows(data, 4 * s), 4);
            return SegmentationEvaluator.FromJson(Shard(rows, options: options).ToJson());
        })];

        SegmentationEvaluator one = Shard(data, options: options);
        SegmentationMetrics merged = _ml.Segmentation().Merge(shards);

        Assert.Equal(13, merged.ImageCount);
        Assert.Equal([4, 4, 4, 1], shards.Select(s => s.Images).Order().Reverse());
        Assert.Equal(one.Compute().Means, merged.Scores.Means);
        Assert.Equal(Evaluate(data, options: options).ToString(), merged.ToString());
        Assert.Equal(one.Compute().Classes!.MeanIoU, merged.MeanIntersectionOverUnion);
        Assert.Equal(one.Compute().Boundaries, merged.Scores.Boundaries);
    }

    [Fact]
    public void Without_options_the_regions_are_measured()
    {
        SegmentationMetrics metrics = Evaluate(_ml.Data.LoadFromEnumerable(SizedRow.Random(3)), "Mask", "Mask");

        Assert.Equal(new SampleMean(3, 1, 0), metrics.SegmentationCovering);
        Assert.Equal(new SampleMean(3, 0, 0), metrics.VariationOfInformation);
        Assert.Equal(new SampleMean(3, 1, 0), metrics.ProbabilisticRandIndex);
        Assert.Null(metrics.PixelAccuracy);
        Assert.Null(metrics.PerClassIntersectionOverUnion);
        Assert.Null(metrics.BoundaryFMeasure);
        Assert.Null(metrics.PooledBoundaryFMeasure);
        Assert.Null(metrics.FigureF1Score);
    }

    [Fact]
    public void Sizes_come_from_the_size_columns()
    {
        SegmentationMetrics metrics = Evaluate(LooseRow.Of(4, 6, 4, 6), LooseRow.Of(10, 2, 10, 2));

        Assert.Equal(2, metrics.ImageCount);
        Assert.Equal(1, metrics.PixelAccuracy);
        Assert.Equal(new SampleMean(2, 1, 0), metrics.BoundaryFMeasure);
        Assert.Equal(1, metrics.PooledBoundaryFMeasure);
    }

    [Fact]
    public void Vectors_without_a_size_are_compared_pixel_by_pixel()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new BareRow { Mask = [5, 5, 7], Label = [0, 0, 1] }]);
        EvaluationOptions options = TwoClasses with { Measures = EvaluationMeasures.Classes };

        Assert.Equal(1, Evaluate(data, options: options).PixelAccuracy);

        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(
            () => Evaluate(data, options: TwoClasses));
        Assert.Contains("'MaskHeight' and 'MaskWidth'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_annotators_are_one_label_vector()
    {
        IDataView known = _ml.Data.LoadFromEnumerable([new AnnotatedRow { Mask = [0, 0, 1, 1], Label = [0, 0, 1, 1, 0, 0, 0, 0] }]);

        Assert.Equal(0.75, Evaluate(known).SegmentationCovering!.Value.Mean);
        Assert.Equal(
            new SampleMean(1, 1, null),
            Evaluate(_ml.Data.LoadFromEnumerable([LooseRow.Of(4, 6, 4, 6, annotators: 3)])).SegmentationCovering);
        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(
            () => Evaluate(known, options: TwoClasses));
        Assert.Contains("2 annotators", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_of_another_size_than_the_mask_is_named()
    {
        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(
            () => Evaluate(LooseRow.Of(4, 6, 4, 6), LooseRow.Of(4, 6, 3, 8)));

        Assert.Equal(1, error.Row);
        Assert.IsType<EvaluationException>(error.InnerException);
        Assert.Contains("Row 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Mask' against 'Label'", error.Message, StringComparison.Ordinal);
        Assert.Contains("mask has 4 x 6", error.Message, StringComparison.Ordinal);
        Assert.Contains("ground truth 3 x 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_pixels_than_the_size_says_are_named()
    {
        LooseRow mask = LooseRow.Of(4, 6, 4, 6);
        mask.MaskWidth = 5;
        LooseRow label = LooseRow.Of(4, 6, 4, 6);
        label.LabelHeight = 5;
        BareRow bare = new() { Mask = new ushort[6], Label = new ushort[5] };

        Assert.Contains(
            "'Mask' has 24 pixels, but 4 x 5", Assert.Throws<SegmentationEvaluationException>(() => Evaluate(mask)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'Label' has 24 pixels, but 5 x 6", Assert.Throws<SegmentationEvaluationException>(() => Evaluate(label)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'Mask' has 6 pixels, the ground truth in 'Label' 5",
            Assert.Throws<SegmentationEvaluationException>(
                () => Evaluate(_ml.Data.LoadFromEnumerable([bare]))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_beyond_the_count_is_named()
    {
        SizedRow[] rows = SizedRow.Random(3);
        rows[2].Label[7] = 2;

        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(
            () => Evaluate(_ml.Data.LoadFromEnumerable(rows), options: TwoClasses));

        Assert.Equal(2, error.Row);
        Assert.Contains("class 2, but there are 2 classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_without_rows_is_refused_and_an_empty_shard_is_not()
    {
        IDataView empty = _ml.Data.LoadFromEnumerable(Array.Empty<SizedRow>());

        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(
            () => Evaluate(empty, options: TwoClasses));

        Assert.Null(error.Row);
        Assert.Contains("no rows", error.Message, StringComparison.Ordinal);
        Assert.Throws<SegmentationEvaluationException>(() => _ml.Segmentation().Merge());
        SegmentationMetrics merged = _ml.Segmentation().Merge(
            Shard(empty, options: TwoClasses),
            Shard(_ml.Data.LoadFromEnumerable(SizedRow.Random(2)), options: TwoClasses));
        Assert.Equal(2, merged.ImageCount);
    }

    [Fact]
    public void Missing_columns_other_types_and_unfit_options_are_refused()
    {
        IDataView data = _ml.Data.LoadFromEnumerable([new OtherTypesRow()]);

        Assert.Contains(
            "Could not find input column 'Label'",
            Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(data)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'Numbers': expected Vector<UInt16>, got Vector<Single, 4>",
            Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(data, "Numbers")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(data, "Mask", "Number"));
        Assert.Throws<ArgumentException>("ClassCount", () => Evaluate(data, "Mask", "Mask", new EvaluationOptions()));
        Assert.Throws<ArgumentException>("labelColumnName", () => Evaluate(data, ""));
        Assert.Throws<ArgumentNullException>("data", () => Evaluate((IDataView)null!));
    }

    [Fact]
    public void Cancelling_stops_between_two_rows_and_closes_the_cursor()
    {
        using CancellationTokenSource source = new();
        WatchedView data = new(_ml.Data.LoadFromEnumerable(SizedRow.Random(50)));
        List<long> reported = [];
        StopAfter progress = new(reported, 3, source);

        Assert.Throws<OperationCanceledException>(
            () => _ml.Segmentation().Evaluate(data, progress: progress, cancellationToken: source.Token));

        Assert.Equal([1, 2, 3], reported);
        Assert.Equal(1, data.Closed);
    }

    [Fact]
    public void Rows_come_one_by_one()
    {
        int made = 0;
        IEnumerable<SizedRow> Rows()
        {
            foreach (SizedRow row in SizedRow.Random(200))
            {
                made++;
                yield return row;
            }
        }

        List<(long Done, int Made)> seen = [];
        Evaluate(_ml.Data.LoadFromEnumerable(Rows()), progress: new Report(done => seen.Add((done, made))));

        Assert.Equal(200, seen.Count);
        Assert.All(seen, s => Assert.Equal(s.Done, s.Made));
    }

    [Fact]
    public void Figures_are_readable_as_text()
    {
        SizedRow[] rows = SizedRow.Random(1);
        rows[0].Mask = [.. Enumerable.Range(0, 48).Select(i => (ushort)(i % 8 < 4 ? 3 : 1))];
        rows[0].Label = [.. Enumerable.Range(0, 48).Select(i => (ushort)(i % 8 < 4 ? 0 : 1))];
        EvaluationOptions options = TwoClasses with { ClassNames = ["sky", "sea", "sand"] };

        Assert.Equal(
            """
            1 image
            labels matched with classes in each image (PerImage)
            pixel accuracy                     1.0000
            mean IoU                           1.0000
            pixel accuracy, mean over images   1.0000
            mean IoU, mean over images         1.0000
            segmentation covering              1.0000
            variation of information (bits)    0.0000
            probabilistic Rand index           1.0000
            boundary precision                 1.0000
            boundary recall                    1.0000
            boundary F-measure                 1.0000
            F (beta^2 = 0.3), OracleMajority   1.0000
            F1, OracleMajority                 1.0000
            figure IoU, OracleMajority         1.0000
            boundary F-measure, pixels pooled  1.0000
            IoU of sky                         1.0000
            IoU of sea                         1.0000
            IoU of sand                        -
            """.ReplaceLineEndings("\n"),
            Evaluate(_ml.Data.LoadFromEnumerable(rows), options: options).ToString());
    }

    private SegmentationMetrics Evaluate(params LooseRow[] rows)
        => Evaluate(_ml.Data.LoadFromEnumerable(rows), options: TwoClasses);

    private SegmentationMetrics Evaluate(
        IDataView data,
        string label = "Label",
        string mask = "Mask",
        EvaluationOptions? options = null,
        IProgress<long>? progress = null)
        => _ml.Segmentation().Evaluate(data, label, mask, null, options, progress, TestContext.Current.CancellationToken);

    private SegmentationEvaluator Shard(IDataView data, EvaluationOptions options)
        => _ml.Segmentation().EvaluateShard(
            data, options: options, cancellationToken: TestContext.Current.CancellationToken);

    private sealed class LabelledAttention
    {
        [VectorType(256, 256)]
        public float[] Fine { get; set; } = [];

        [VectorType(64, 64)]
        public float[] Coarse { get; set; } = [];

        [VectorType(64, 64)]
        public ushort[] Label { get; set; } = [];
    }

    private sealed class StopAfter(List<long> reported, int rows, CancellationTokenSource source) : IProgress<long>
    {
        public void Report(long value)
        {
            reported.Add(value);
            if (value == rows)
            {
                source.Cancel();
            }
        }
    }

    private sealed class Report(Action<long> then) : IProgress<long>
    {
        void IProgress<long>.Report(long value) => then(value);
    }
}
