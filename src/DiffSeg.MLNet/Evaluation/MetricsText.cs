using System.Globalization;
using DiffSeg.Evaluation;

namespace DiffSeg.MLNet.Evaluation;

/// <summary>The figures of an evaluation as text for a console.</summary>
internal static class MetricsText
{
    private const int NameWidth = 34;

    public static string Of(EvaluationScores scores) => string.Join('\n', Lines(scores));

    private static IEnumerable<string> Lines(EvaluationScores scores)
    {
        yield return scores.Images == 1 ? "1 image" : $"{scores.Images} images";
        if (scores.Classes is { } classes)
        {
            yield return scores.Options.Matching == MatchingScope.PerImage
                ? "labels matched with classes in each image (PerImage)"
                : "labels matched with classes once for all images (PerDataSet)";
            yield return Line("pixel accuracy", Number(classes.PixelAccuracy));
            yield return Line("mean IoU", Number(classes.MeanIoU));
        }

        foreach ((ImageMeasure measure, SampleMean mean) in scores.Means)
        {
            yield return Line(Name(measure, scores.Options), Number(mean));
        }

        if (scores.Boundaries is { } boundaries)
        {
            yield return Line("boundary F-measure, pixels pooled", Number(boundaries.FMeasure));
        }

        for (int c = 0; c < scores.Classes?.PerClassIoU.Count; c++)
        {
            yield return Line($"IoU of {scores.Options.ClassNames?[c] ?? $"class {c}"}", Number(scores.Classes.PerClassIoU[c]));
        }
    }

    private static string Name(ImageMeasure measure, EvaluationOptions options) => measure switch
    {
        ImageMeasure.PixelAccuracy => "pixel accuracy, mean over images",
        ImageMeasure.MeanIoU => "mean IoU, mean over images",
        ImageMeasure.Covering => "segmentation covering",
        ImageMeasure.VariationOfInformation => "variation of information (bits)",
        ImageMeasure.RandIndex => "probabilistic Rand index",
        ImageMeasure.BoundaryPrecision => "boundary precision",
        ImageMeasure.BoundaryRecall => "boundary recall",
        ImageMeasure.BoundaryFMeasure => "boundary F-measure",
        ImageMeasure.FigureFMeasure => $"F (beta^2 = 0.3), {options.FigureRule}",
        ImageMeasure.FigureF1 => $"F1, {options.FigureRule}",
        _ => $"figure IoU, {options.FigureRule}",
    };

    private static string Line(string name, string value) => $"{name.PadRight(NameWidth)} {value}";

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Number(SampleMean mean)
        => mean.StandardError is { } error ? $"{Number(mean.Mean)} +- {Number(error)}" : Number(mean.Mean);
}
