namespace DiffSeg.Evaluation;

/// <summary>Takes the measures of one image.</summary>
internal static class ImageComparison
{
    private const EvaluationMeasures WithOneTruth = EvaluationMeasures.Classes | EvaluationMeasures.FigureGround;

    public static ImageResult Compare(
        ReadOnlySpan<ushort> mask, int height, int width, IReadOnlyList<LabelMap> annotators, EvaluationOptions options)
    {
        CheckAnnotators(annotators.Count, options);
        ContingencyTable[] tables = new ContingencyTable[annotators.Count];
        for (int i = 0; i < tables.Length; i++)
        {
            tables[i] = ContingencyTable.Count(annotators[i], mask, height, width);
        }

        ImageScores scores = new();
        ConfusionHistogram? histogram = options.Has(EvaluationMeasures.Classes)
            ? ConfusionHistogram.Of(tables[0], options.ClassCount)
            : null;
        ClassCounts? counts = Classes(histogram, options, scores);
        if (options.Has(EvaluationMeasures.Regions))
        {
            RegionScores? regions = RegionMeasures.Compare(tables);
            scores.Set(ImageMeasure.Covering, regions?.Covering);
            scores.Set(ImageMeasure.VariationOfInformation, regions?.VariationOfInformation);
            scores.Set(ImageMeasure.RandIndex, regions?.RandIndex);
        }

        if (options.Has(EvaluationMeasures.FigureGround))
        {
            FigureScores? figure = FigureMeasure.Compare(tables[0], options.FigureRule);
            scores.Set(ImageMeasure.FigureFMeasure, figure?.FMeasure());
            scores.Set(ImageMeasure.FigureF1, figure?.FMeasure(1));
            scores.Set(ImageMeasure.FigureIoU, figure?.IoU);
        }

        BoundaryCounts boundaries = options.Has(EvaluationMeasures.Boundaries) && tables.Any(table => table.Pixels > 0)
            ? Boundaries(mask, height, width, annotators, options.BoundaryTolerance, scores)
            : default;
        return new ImageResult(scores, histogram, counts, boundaries);
    }

    private static ClassCounts? Classes(ConfusionHistogram? histogram, EvaluationOptions options, ImageScores scores)
    {
        if (histogram is null || options.Matching != MatchingScope.PerImage)
        {
            return null;
        }

        ClassCounts counts = new(histogram.ClassCount);
        counts.Add(histogram, histogram.Match());
        ClassScores ofImage = counts.Compute();
        scores.Set(ImageMeasure.PixelAccuracy, ofImage.PixelAccuracy);
        scores.Set(ImageMeasure.MeanIoU, ofImage.MeanIoU);
        return counts;
    }

    private static BoundaryCounts Boundaries(
        ReadOnlySpan<ushort> mask, int height, int width, IReadOnlyList<LabelMap> annotators, double tolerance, ImageScores scores)
    {
        BoundaryMap[] truths =
            [.. annotators.Select(truth => BoundaryMap.FromLabels(truth.Classes, truth.Height, truth.Width))];
        BoundaryMap boundary = BoundaryMap.FromLabels(mask, height, width).WhereLabelled(annotators);
        BoundaryCounts counts = BoundaryMeasure.Compare(boundary, truths, tolerance);
        scores.Set(ImageMeasure.BoundaryPrecision, counts.Precision);
        scores.Set(ImageMeasure.BoundaryRecall, counts.Recall);
        scores.Set(ImageMeasure.BoundaryFMeasure, counts.FMeasure);
        return counts;
    }

    private static void CheckAnnotators(int count, EvaluationOptions options)
    {
        if (count == 0)
        {
            throw new EvaluationException("There is no ground truth to compare the mask with; give at least one.");
        }

        if (count > 1 && options.Has(WithOneTruth))
        {
            throw new EvaluationException(
                $"There are {count} annotators, but {options.Measures & WithOneTruth} need one ground truth. Measure "
                + "regions and boundaries only, or choose one annotator.");
        }
    }
}
