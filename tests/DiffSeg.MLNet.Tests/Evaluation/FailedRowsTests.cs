using System.Globalization;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet.Tests.Status;
using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Pictures;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Evaluation;

/// <summary>Rows with a reason in place of a mask: counted and shown with the figures, and in none of them.</summary>
public sealed class FailedRowsTests
{
    private static readonly EvaluationOptions TwoClasses = new()
    {
        ClassCount = 2,
        Measures = EvaluationMeasures.Classes | EvaluationMeasures.Regions | EvaluationMeasures.Boundaries,
        BoundaryTolerance = 0.1,
    };

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void They_are_counted_and_the_figures_are_those_of_the_rows_with_a_mask()
    {
        SegmentationMetrics all = Evaluate(View(Rows(9)));
        SegmentationMetrics good = Evaluate(View(Rows(9).Where(row => row.MaskStatus.Length == 0)));

        Assert.Equal((6, 3), (all.ImageCount, all.FailedRows));
        Assert.Equal((6, 0), (good.ImageCount, good.FailedRows));
        Assert.Equal(good.Scores.Means, all.Scores.Means);
        Assert.Equal(good.MeanIntersectionOverUnion, all.MeanIntersectionOverUnion);
        Assert.Equal(good.Scores.Boundaries, all.Scores.Boundaries);
    }

    [Fact]
    public void Whoever_reads_the_figures_reads_their_number()
    {
        SegmentationMetrics metrics = Evaluate(View(Rows(9)));
        const string Head = "6 images of 9: 3 failed and are in no figure";
        Assert.StartsWith(Head, metrics.ToString());
        Assert.Contains(Head, metrics.ToHtml());
    }

    [Fact]
    public void Shards_and_their_files_keep_the_number()
    {
        SegmentationEvaluator[] shards =
        [
            .. Rows(10).Chunk(3).Select(rows => SegmentationEvaluator.FromJson(Shard(View(rows)).ToJson())).Reverse(),
        ];

        SegmentationMetrics merged = _ml.Segmentation().Merge(shards);

        Assert.Equal((7, 3), (merged.ImageCount, merged.FailedRows));
        Assert.Equal(Evaluate(View(Rows(10))).ToString(), merged.ToString());
    }

    [Fact]
    public void A_shard_of_nothing_else_is_fine_and_a_whole_of_nothing_else_is_refused()
    {
        IDataView failed = View(Rows(9).Where(row => row.MaskStatus.Length > 0));
        SegmentationEvaluator shard = Shard(failed);
        Assert.Equal((0, 3), (shard.Images, shard.FailedImages));

        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(() => Evaluate(failed));

        Assert.Contains("no row has a mask, 3 failed", error.Message);
        Assert.Null(error.Row);
    }

    [Fact]
    public void A_status_of_another_name_is_named()
    {
        IDataView data = _ml.Transforms.CopyColumns("Problem", "MaskStatus").Append(_ml.Transforms.DropColumns("MaskStatus"))
            .Fit(View(Rows(6))).Transform(View(Rows(6)));

        Assert.Equal(2, Evaluate(data, status: "Problem").FailedRows);
        SegmentationEvaluationException error = Assert.Throws<SegmentationEvaluationException>(() => Evaluate(data));
        Assert.Equal(1, error.Row);
        Assert.Contains("its mask in 'Mask' is empty", error.Message);
        Assert.Contains("'MaskStatus'", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(data, status: "MaskStatus"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluate(data, status: "MaskHeight"));
    }

    [Fact]
    public void Progress_counts_them_too()
    {
        List<long> told = [];
        _ml.Segmentation().Evaluate(
            View(Rows(5)), options: TwoClasses, progress: new Told(told.Add), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3, 4, 5], told);
    }

    [Fact]
    public void The_log_warns_and_names_the_first()
    {
        List<string> warnings = [];
        _ml.Log += (_, e) =>
        {
            if (e.Kind == Microsoft.ML.Runtime.ChannelMessageKind.Warning)
            {
                warnings.Add(e.RawMessage);
            }
        };

        Evaluate(View(Rows(6)));
        Evaluate(View(Rows(1)));

        Assert.Equal("2 rows have no mask in 'Mask' and are not measured; the first is row 1: is cut off", Assert.Single(warnings));
    }

    [Fact]
    public void Their_ground_truth_is_not_read()
    {
        using var folder = new TemporaryFolder();
        using (FileStream file = File.Create(folder.File("truth.png")))
        {
            LabelPng.Write(file, Rows(1).Single().Label, LooseHeight, LooseWidth);
        }

        IDataView data = _ml.Data.LoadFromEnumerable(Rows(4).Select(row => new PathRow
        {
            Mask = row.Mask,
            MaskHeight = row.MaskHeight,
            MaskWidth = row.MaskWidth,
            MaskStatus = row.MaskStatus,
            LabelPath = row.MaskStatus.Length > 0 ? folder.File("gone.png") : folder.File("truth.png"),
        }));
        IDataView labelled = _ml.Transforms.LoadLabelMaps(
            "Label", "LabelPath", null, options: new LabelMapOptions { Size = MaskSize.Original }).Fit(data).Transform(data);

        Assert.Equal(1, Evaluate(labelled).FailedRows);
        Assert.Throws<LabelMapException>(() => labelled.GetColumn<int>("LabelHeight").ToList());
    }

    [Fact]
    public void Chain_over_broken_files_is_measured()
    {
        using var mixed = new MixedRows();
        IDataView paths = _ml.Data.LoadFromEnumerable(mixed.Rows.Select(row => new ImageSource { ImagePath = row.ImagePath }));
        using var chain = _ml.Transforms.DiffSeg(
            "Mask", "ImagePath", mixed.Model, new() { AnchorsPerSide = 4, Size = new MaskSize(20, 30), Columns = MaskColumns.Status }).Fit(paths);

        SegmentationMetrics metrics = _ml.Segmentation().Evaluate(
            chain.Transform(paths), labelColumnName: "Mask", cancellationToken: TestContext.Current.CancellationToken);

        int failed = mixed.Rows.Count(row => row.Reason.Length > 0);
        Assert.Equal((mixed.Rows.Count - failed, failed), (metrics.ImageCount, metrics.FailedRows));
        Assert.Equal(1, metrics.SegmentationCovering!.Value.Mean);
    }

    private const int LooseHeight = 4;
    private const int LooseWidth = 6;

    // Every third row failed, beginning with the second.
    private static IEnumerable<ToldRow> Rows(int count) => Enumerable.Range(0, count).Select(index => index % 3 == 1
        ? new ToldRow { MaskStatus = index == 1 ? "is cut off" : string.Create(CultureInfo.InvariantCulture, $"is broken ({index})"), Label = Halves(0) }
        : new ToldRow { Mask = Halves(index), MaskHeight = LooseHeight, MaskWidth = LooseWidth, Label = Halves(0) });

    private static ushort[] Halves(int shift)
        => [.. Enumerable.Range(0, LooseHeight * LooseWidth).Select(i => (ushort)(((i % LooseWidth) + shift) % LooseWidth / (LooseWidth / 2)))];

    private IDataView View(IEnumerable<ToldRow> rows) => _ml.Data.LoadFromEnumerable(rows);

    private SegmentationMetrics Evaluate(IDataView data, string? status = null) => _ml.Segmentation().Evaluate(
        data, statusColumnName: status, options: TwoClasses, cancellationToken: TestContext.Current.CancellationToken);

    private SegmentationEvaluator Shard(IDataView data)
        => _ml.Segmentation().EvaluateShard(data, options: TwoClasses, cancellationToken: TestContext.Current.CancellationToken);

    internal class MaskedRow
    {
        [VectorType]
        public ushort[] Mask { get; set; } = [];

        public int MaskHeight { get; set; }

        public int MaskWidth { get; set; }

        public string MaskStatus { get; set; } = "";
    }

    internal sealed class ToldRow : MaskedRow
    {
        [VectorType(LooseHeight, LooseWidth)]
        public ushort[] Label { get; set; } = [];
    }

    internal sealed class PathRow : MaskedRow
    {
        public string LabelPath { get; set; } = "";
    }

    private sealed class Told(Action<long> then) : IProgress<long>
    {
        void IProgress<long>.Report(long value) => then(value);
    }
}
