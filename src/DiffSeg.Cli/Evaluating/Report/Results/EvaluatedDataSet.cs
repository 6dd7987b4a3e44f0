namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>What was evaluated on.</summary>
internal sealed record EvaluatedDataSet
{
    /// <summary>Its name for people: "COCO-Stuff-27".</summary>
    public required string Name { get; init; }

    /// <summary>Which part of it: "val2017, the 2,175 images of PiCIE"; null where it has no parts.</summary>
    public string? Split { get; init; }

    /// <summary>Number of images that all figures stand on.</summary>
    public required int ImagesCounted { get; init; }

    /// <summary>Number of images in the split; null when nobody counted them.</summary>
    public int? ImagesInSplit { get; init; }

    /// <summary>Images left out, each with the reason.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; init; } = [];

    /// <summary>Names of the classes, in the order of <see cref="EvaluationRun.ClassIou"/>; empty where there are none.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];
}

/// <summary>An image that was left out.</summary>
/// <param name="Id">The image.</param>
/// <param name="Reason">Why, in plain words.</param>
internal sealed record SkippedImage(string Id, string Reason);
