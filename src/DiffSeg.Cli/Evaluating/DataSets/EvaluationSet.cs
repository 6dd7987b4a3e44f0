using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Evaluating.DataSets;

/// <summary>A data set that was found on disk, and how it is evaluated.</summary>
/// <param name="Data">The images, all that are asked for.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Split">Which part of it, in words; null where it has no parts.</param>
/// <param name="ImagesInSplit">Images before a limit.</param>
internal sealed record EvaluationSet(SegmentationDataSet Data, string Name, string? Split, int ImagesInSplit)
{
    /// <summary>The side at which the published evaluations compare.</summary>
    public const int PublishedSize = 512;

    /// <summary>The KL threshold of the published evaluations, for Stable Diffusion; null where there is none.</summary>
    public float? PublishedThreshold { get; init; }

    /// <summary>Figures from papers.</summary>
    public IReadOnlyList<PublishedFigure> Published { get; init; } = [];

    /// <summary>Names of the classes; empty where there are none.</summary>
    public IReadOnlyList<string> Classes => Data.Kind == GroundTruthKind.Classes ? Data.Classes!.Classes : [];

    /// <summary>Where classes are published the centre square is compared; elsewhere whole pictures are.</summary>
    public ImageFit UsualFit => Data.Kind == GroundTruthKind.Classes ? ImageFit.Crop : ImageFit.Pad;

    /// <summary>The measure of a single image.</summary>
    public ImageMeasure ImageMeasure => Data.Kind switch
    {
        GroundTruthKind.Classes => ImageMeasure.MeanIoU,
        GroundTruthKind.Segments => ImageMeasure.Covering,
        _ => ImageMeasure.FigureIoU,
    };

    /// <summary>What is measured.</summary>
    /// <param name="matching">Over what segments are matched with classes.</param>
    /// <exception cref="SetupException">There is nothing to match.</exception>
    public EvaluationOptions Options(MatchingScope matching) => Data.Kind switch
    {
        GroundTruthKind.Classes => new EvaluationOptions { Measures = EvaluationMeasures.Classes, ClassCount = Classes.Count, Matching = matching },
        _ when matching != MatchingScope.PerImage => throw new SetupException($"--matching: {Name} has no classes that segments could be matched with."),
        GroundTruthKind.Segments => new EvaluationOptions { Measures = EvaluationMeasures.Regions | EvaluationMeasures.Boundaries },
        _ => new EvaluationOptions { Measures = EvaluationMeasures.FigureGround },
    };

    /// <summary>The KL threshold of a model where none is asked for, and whose it is.</summary>
    /// <param name="model">The model.</param>
    public (float Threshold, string Origin) UsualThreshold(PlannedModel model) =>
        model.IsDiffusion && PublishedThreshold is { } published
            ? (published, $"published for Stable Diffusion on {Name}")
            : (model.Model.RecommendedKlThreshold, "recommended by the model");
}
