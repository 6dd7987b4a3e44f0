using System.Globalization;

namespace DiffSeg.Evaluation;

/// <summary>The figures of an evaluation in words, for a console and for a table.</summary>
internal static class ScoresText
{
    private const int NameWidth = 34;

    /// <summary>Lines for a console.</summary>
    public static string Of(EvaluationScores scores)
    {
        IEnumerable<string> head = scores.Classes is null ? [Images(scores)] : [Images(scores), Matching(scores)];
        IEnumerable<string> lines = Figures(scores).Concat(Classes(scores))
            .Select(figure => $"{figure.Name.PadRight(NameWidth)} {(figure.Error.Length > 0 ? $"{figure.Value} +- {figure.Error}" : figure.Value)}");
        return string.Join('\n', head.Concat(lines));
    }

    /// <summary>How many images were measured, and how many were not.</summary>
    public static string Images(EvaluationScores scores)
    {
        string measured = scores.Images == 1 ? "1 image" : $"{scores.Images} images";
        return scores.FailedImages == 0
            ? measured
            : $"{measured} of {scores.Images + scores.FailedImages}: {scores.FailedImages} failed and {(scores.FailedImages == 1 ? "is" : "are")} in no figure";
    }

    /// <summary>How labels were matched with classes.</summary>
    public static string Matching(EvaluationScores scores) => scores.Options.Matching == MatchingScope.PerImage
        ? "labels matched with classes in each image (PerImage)"
        : "labels matched with classes once for all images (PerDataSet)";

    /// <summary>The figures over all classes; a standard error is empty where there is none.</summary>
    public static IEnumerable<(string Name, string Value, string Error)> Figures(EvaluationScores scores)
    {
        if (scores.Classes is { } classes)
        {
            yield return ("pixel accuracy", Number(classes.PixelAccuracy), "");
            yield return ("mean IoU", Number(classes.MeanIoU), "");
        }

        foreach ((ImageMeasure measure, SampleMean mean) in scores.Means)
        {
            yield return (Name(measure, scores.Options), Number(mean.Mean), mean.StandardError is { } error ? Number(error) : "");
        }

        if (scores.Boundaries is { } boundaries)
        {
            yield return ("boundary F-measure, pixels pooled", Number(boundaries.FMeasure), "");
        }
    }

    /// <summary>The figures of the single classes.</summary>
    public static IEnumerable<(string Name, string Value, string Error)> Classes(EvaluationScores scores)
    {
        for (int c = 0; c < scores.Classes?.PerClassIoU.Count; c++)
        {
            yield return ($"IoU of {scores.Options.ClassNames?[c] ?? $"class {c}"}", Number(scores.Classes.PerClassIoU[c]), "");
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

    private static string Number(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";
}
