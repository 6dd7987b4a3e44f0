using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class SegmentationEvaluatorTests
{
    private static readonly EvaluationOptions Everything = new()
    {
        Measures = EvaluationMeasures.Classes | EvaluationMeasures.Regions | EvaluationMeasures.Boundaries
            | EvaluationMeasures.FigureGround,
        ClassNames = ["ground", "figure"],
        BoundaryTolerance = 0.1,
    };

    private static readonly Gen<Image[]> RandomImages = Gen.Select(Labellings.Of(2, 4, 9), Gen.Int[0, 99])
        .Select((image, seed) => new Image(
            image.Height,
            image.Width,
            [.. image.Labels[0].Select(c => c == 3 ? LabelMap.Ignored : (ushort)(c % 2))],
            Labellings.Renamed(image.Labels[1], seed)))
        .Array[1, 20];

    public static TheoryData<MatchingScope> Scopes => [MatchingScope.PerImage, MatchingScope.PerDataSet];

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Shards_in_any_order_are_one_run_to_the_bit(MatchingScope scope) =>
        Gen.Select(RandomImages, Gen.Int[1, 5], Gen.Int[0, 999]).Sample((images, shards, seed) =>
        {
            EvaluationOptions options = Everything with { Matching = scope };
            SegmentationEvaluator one = Run(images, options);
            Random random = new(seed);
            random.Shuffle(images);
            SegmentationEvaluator[] parts =
                [.. Enumerable.Range(0, shards).Select(s => Run(images.Where((_, i) => i % shards == s), options))];
            random.Shuffle(parts);
            SegmentationEvaluator merged = new(options);
            foreach (SegmentationEvaluator part in parts)
            {
                merged.Merge(SegmentationEvaluator.FromJson(part.ToJson()));
            }

            Assert.Equal(one.ToJson(), merged.ToJson());
            SameToTheBit(one.Compute(), merged.Compute());
        });

    [Fact]
    public void Every_measure_has_a_mean_and_classes_and_boundaries_their_sums()
    {
        EvaluationScores scores = Run([new Image(2, 2, [0, 0, 1, 1], [5, 5, 2, 2])], Everything).Compute();

        Assert.Equal(Enum.GetValues<ImageMeasure>(), scores.Means.Keys);
        Assert.All(
            scores.Means,
            mean => Assert.Equal(
                new SampleMean(1, mean.Key == ImageMeasure.VariationOfInformation ? 0 : 1, null), mean.Value));
        Assert.Equal(4, scores.Classes!.Pixels);
        Assert.Equal(new BoundaryCounts(2, 2, 2, 2), scores.Boundaries);
        Assert.Equal(1, scores.Images);
        Assert.Equal(["ground", "figure"], scores.Options.ClassNames);
    }

    [Fact]
    public void Only_what_was_asked_for_is_measured()
    {
        SegmentationEvaluator evaluator = new(new EvaluationOptions { Measures = EvaluationMeasures.Regions });
        ImageScores image = evaluator.Add([0, 1], 1, 2, new LabelMap(1, 2, [500, 600]));

        Assert.Equal(
            [ImageMeasure.Covering, ImageMeasure.VariationOfInformation, ImageMeasure.RandIndex], image.Select(v => v.Key));
        Assert.Null(image[ImageMeasure.PixelAccuracy]);
        Assert.Null(evaluator.Compute().Classes);
        Assert.Null(evaluator.Compute().Boundaries);
    }

    [Fact]
    public void Matching_once_for_all_images_is_matching_them_as_one_image() =>
        Gen.Select(Labellings.Of(2, 4), Labellings.Of(2, 6)).Sample((first, second) =>
        {
            EvaluationOptions options = new() { Measures = EvaluationMeasures.Classes, ClassCount = 6 };
            ClassScores perDataSet = Run(
                [Flat(first.Labels), Flat(second.Labels)], options with { Matching = MatchingScope.PerDataSet }).Compute().Classes!;
            ClassScores perImage = Run(
                [Flat([[.. first.Labels[0], .. second.Labels[0]], [.. first.Labels[1], .. second.Labels[1]]])], options)
                .Compute().Classes!;

            Assert.Equal(perImage.TruePositives, perDataSet.TruePositives);
            Assert.Equal(perImage.FalsePositives, perDataSet.FalsePositives);
            Assert.Equal(perImage.PerClassIoU, perDataSet.PerClassIoU);
        });

    [Fact]
    public void Means_have_the_standard_error_of_the_sample()
    {
        // Accuracies 1, 1/2 and 1/2.
        EvaluationScores scores = Run(
            [new Image(1, 2, [0, 1], [0, 1]), new Image(1, 2, [0, 1], [0, 0]), new Image(1, 2, [1, 0], [1, 1])],
            Everything).Compute();

        SampleMean accuracy = scores[ImageMeasure.PixelAccuracy]!.Value;
        Assert.Equal(3, accuracy.Count);
        Assert.Equal(2.0 / 3, accuracy.Mean, 1e-15);
        Assert.Equal(1.0 / 6, accuracy.StandardError!.Value, 1e-15);
    }

    [Fact]
    public void An_image_without_a_counted_pixel_counts_as_an_image_and_has_no_measures()
    {
        SegmentationEvaluator evaluator = new(Everything);
        ImageScores scores = evaluator.Add([0, 1], 1, 2, new LabelMap(1, 2, [LabelMap.Ignored, LabelMap.Ignored]));

        Assert.Empty(scores);
        Assert.Equal(1, evaluator.Compute().Images);
        Assert.Null(evaluator.Compute().Classes!.PixelAccuracy);
        Assert.Null(evaluator.Compute()[ImageMeasure.Covering]);
    }

    [Fact]
    public void A_boundary_where_no_annotator_has_a_class_is_not_wrong()
    {
        const ushort Ignored = LabelMap.Ignored;
        EvaluationOptions options = new() { Measures = EvaluationMeasures.Boundaries, BoundaryTolerance = 0 };
        SegmentationEvaluator evaluator = new(options);
        evaluator.Add(
            [0, 1, 1, 2, 2, 2], 1, 6, new LabelMap(1, 6, [0, 1, Ignored, Ignored, Ignored, Ignored]));

        Assert.Equal(new BoundaryCounts(1, 1, 1, 1), evaluator.Compute().Boundaries);
    }

    [Fact]
    public void An_image_that_cannot_be_compared_adds_nothing()
    {
        SegmentationEvaluator evaluator = Run([new Image(1, 2, [0, 1], [0, 1])], Everything);
        string before = evaluator.ToJson();
        LabelMap truth = new(1, 2, [0, 1]);

        Assert.Throws<EvaluationException>(() => evaluator.Add([0, 1], 2, 1, truth));
        Assert.Throws<EvaluationException>(() => evaluator.Add([0, 1], 1, 2, new LabelMap(1, 2, [0, 2])));
        Assert.Throws<EvaluationException>(() => evaluator.Add([0, 1], 1, 2, []));
        EvaluationException several = Assert.Throws<EvaluationException>(() => evaluator.Add([0, 1], 1, 2, [truth, truth]));
        Assert.Contains("2 annotators", several.Message, StringComparison.Ordinal);
        Assert.Contains("Classes, FigureGround", several.Message, StringComparison.Ordinal);
        Assert.Equal(before, evaluator.ToJson());
    }

    [Fact]
    public void Several_annotators_serve_regions_and_boundaries()
    {
        EvaluationOptions options = new() { Measures = EvaluationMeasures.Regions | EvaluationMeasures.Boundaries };
        ImageScores scores = new SegmentationEvaluator(options).Add(
            [0, 0, 1, 1], 1, 4, [new LabelMap(1, 4, [0, 0, 1, 1]), new LabelMap(1, 4, [0, 0, 0, 0])]);

        Assert.Equal(0.75, scores[ImageMeasure.Covering]);
        Assert.Equal(1, scores[ImageMeasure.BoundaryPrecision]);
        Assert.Equal(1, scores[ImageMeasure.BoundaryRecall]);
    }

    [Fact]
    public void Without_an_image_there_is_nothing_to_compute() =>
        Assert.Throws<InvalidOperationException>(() => new SegmentationEvaluator(Everything).Compute());

    [Fact]
    public void Failed_images_are_counted_and_change_no_figure()
    {
        Image[] images = [new(1, 2, [0, 1], [0, 1]), new(1, 2, [0, 1], [0, 0])];
        SegmentationEvaluator evaluator = Run(images, Everything);
        evaluator.AddFailure();
        SegmentationEvaluator shard = new(Everything);
        shard.AddFailure();
        shard.AddFailure();
        evaluator.Merge(SegmentationEvaluator.FromJson(shard.ToJson()));

        EvaluationScores scores = evaluator.Compute();

        Assert.Equal((2, 3), (evaluator.Images, evaluator.FailedImages));
        Assert.Equal((2, 3), (scores.Images, scores.FailedImages));
        SameToTheBit(Run(images, Everything).Compute(), scores);
        Assert.Equal(0, Run(images, Everything).Compute().FailedImages);
    }

    [Fact]
    public void Nothing_but_failed_images_is_nothing_to_compute()
    {
        SegmentationEvaluator evaluator = new(Everything);
        evaluator.AddFailure();
        Assert.Contains("no image has a mask, 1 failed", Assert.Throws<InvalidOperationException>(evaluator.Compute).Message);
    }

    [Fact]
    public void Evaluations_that_measure_otherwise_do_not_merge()
    {
        SegmentationEvaluator evaluator = new(Everything);
        EvaluationOptions[] others =
        [
            Everything with { Matching = MatchingScope.PerDataSet },
            Everything with { Measures = EvaluationMeasures.Regions },
            Everything with { BoundaryTolerance = 0.2 },
            Everything with { FigureRule = FigureRule.OracleBestUnion },
            Everything with { ClassNames = ["ground", "salient"] },
            Everything with { ClassNames = null, ClassCount = 2 },
        ];

        Assert.All(others, other => Assert.Throws<EvaluationException>(() => evaluator.Merge(new SegmentationEvaluator(other))));
        evaluator.Merge(new SegmentationEvaluator(Everything with { ClassNames = ["ground", "figure"], ClassCount = 2 }));
        Assert.Equal(0, evaluator.Images);
    }

    private static Image Flat(ushort[][] labels) => new(1, labels[0].Length, labels[0], labels[1]);

    private static SegmentationEvaluator Run(IEnumerable<Image> images, EvaluationOptions options)
    {
        SegmentationEvaluator evaluator = new(options);
        foreach (Image image in images)
        {
            evaluator.Add(image.Mask, image.Height, image.Width, new LabelMap(image.Height, image.Width, image.Truth));
        }

        return evaluator;
    }

    private static void SameToTheBit(EvaluationScores one, EvaluationScores other)
    {
        Assert.Equal(one.Images, other.Images);
        Assert.Equal(one.Means, other.Means);
        Assert.Equal(one.Boundaries, other.Boundaries);
        Assert.Equal(one.Classes!.PixelAccuracy, other.Classes!.PixelAccuracy);
        Assert.Equal(one.Classes.MeanIoU, other.Classes.MeanIoU);
        Assert.Equal(one.Classes.PerClassIoU, other.Classes.PerClassIoU);
    }

    private sealed record Image(int Height, int Width, ushort[] Truth, ushort[] Mask);
}
