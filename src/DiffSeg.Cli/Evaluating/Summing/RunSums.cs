using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Evaluation;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>Adds up a run from the entries of its images.</summary>
internal static class RunSums
{
    /// <summary>The run with its figures. They do not depend on the order of the images, nor on how they were sharded.</summary>
    /// <param name="run">The run without figures.</param>
    /// <param name="entries">Its entries, one per image; at least one.</param>
    /// <exception cref="EvaluationException">The sums of an entry are damaged.</exception>
    public static EvaluationRun Of(EvaluationRun run, IReadOnlyList<JournalEntry> entries)
    {
        SegmentationEvaluator[] images = [.. entries.Select(entry => SegmentationEvaluator.FromJson(entry.Sums!.Value.GetRawText()))];
        var all = new SegmentationEvaluator(images[0].Options);
        Array.ForEach(images, all.Merge);
        EvaluationScores scores = all.Compute();
        return run with
        {
            Metrics = [.. Classes(scores, images), .. Boundaries(scores, images), .. Means(scores)],
            ClassIou = scores.Classes is { } classes ? [.. classes.PerClassIoU.Select(iou => iou ?? double.NaN)] : [],
            ClassAccuracy = scores.Classes is { } counted ? [.. Accuracies(counted)] : [],
            MeanSegments = entries.Average(entry => (double)entry.Segments),
            Stages = [.. Stages([.. entries.Select(entry => entry.Times!)])],
            PeakMemoryBytes = entries.Max(entry => entry.PeakBytes),
        };
    }

    private static IEnumerable<MetricValue> Classes(EvaluationScores scores, SegmentationEvaluator[] images)
    {
        if (scores.Classes is not { } classes)
        {
            yield break;
        }

        ClassErrors errors = scores.Options.Matching == MatchingScope.PerImage
            ? ClassErrors.Of(classes, [.. images.Select(image => image.Compute().Classes!)])
            : ClassErrors.Unknown;
        yield return new MetricValue(MetricNames.PixelAccuracy, classes.PixelAccuracy ?? double.NaN, errors.Accuracy, scores.Images);
        yield return new MetricValue(MetricNames.MeanIou, classes.MeanIoU ?? double.NaN, errors.MeanIou, scores.Images);
    }

    private static IEnumerable<MetricValue> Boundaries(EvaluationScores scores, SegmentationEvaluator[] images)
    {
        if (scores.Boundaries is not { } all)
        {
            yield break;
        }

        BoundaryCounts[] without =
        [
            .. images.Select(image => image.Compute().Boundaries!.Value).Select(one => new BoundaryCounts(
                all.Matched - one.Matched,
                all.Boundary - one.Boundary,
                all.TruthMatched - one.TruthMatched,
                all.TruthBoundary - one.TruthBoundary)),
        ];
        foreach ((string name, Func<BoundaryCounts, double> of) in new (string, Func<BoundaryCounts, double>)[]
        {
            (MetricNames.BoundaryPrecision, counts => counts.Precision),
            (MetricNames.BoundaryRecall, counts => counts.Recall),
            (MetricNames.BoundaryF, counts => counts.FMeasure),
        })
        {
            yield return new MetricValue(name, of(all), Jackknife.StandardError([.. without.Select(of)]), scores.Images);
        }
    }

    private static IEnumerable<MetricValue> Means(EvaluationScores scores)
    {
        foreach ((ImageMeasure measure, string name) in new[]
        {
            (ImageMeasure.Covering, MetricNames.Covering),
            (ImageMeasure.RandIndex, MetricNames.RandIndex),
            (ImageMeasure.VariationOfInformation, MetricNames.VariationOfInformation),
            (ImageMeasure.FigureIoU, MetricNames.FigureIou),
            (ImageMeasure.FigureFMeasure, MetricNames.FigureF),
            (ImageMeasure.FigureF1, MetricNames.FigureF1),
        })
        {
            if (scores[measure] is { } mean)
            {
                yield return new MetricValue(name, mean.Mean, mean.StandardError ?? double.NaN, mean.Count);
            }
        }
    }

    private static IEnumerable<double> Accuracies(ClassScores scores) => scores.TruePositives
        .Zip(scores.FalseNegatives, (hit, missed) => hit + missed == 0 ? double.NaN : hit / (double)(hit + missed));

    private static IEnumerable<StageCost> Stages(StageTimes[] times)
    {
        foreach ((string name, Func<StageTimes, double?> of) in new (string, Func<StageTimes, double?>)[]
        {
            ("reading and preparing", stage => stage.Preparing),
            ("model", stage => stage.Model),
            ("attention from disk", stage => stage.Reading),
            ("aggregation", stage => stage.Aggregation),
            ("segmenting", stage => stage.Segmenting),
            ("metrics", stage => stage.Measuring),
        })
        {
            double[] sorted = [.. times.Select(of).OfType<double>().Order()];
            if (sorted.Length > 0)
            {
                double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
                yield return new StageCost(name, sorted.Average(), median);
            }
        }
    }
}
