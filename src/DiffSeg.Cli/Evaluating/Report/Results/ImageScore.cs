namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>An image of the main run.</summary>
/// <param name="Id">The image.</param>
/// <param name="Score">Its <see cref="EvaluationResult.ImageMetric"/>; NaN when it has none.</param>
/// <param name="Segments">Segments found.</param>
/// <param name="Pictures">Its pictures; null when none were written.</param>
internal sealed record ImageScore(string Id, double Score, int Segments, ImagePictures? Pictures = null);

/// <summary>Pictures of an image: PNG or JPEG files of any size, relative to the folder of the report, with '/'; null for one that is not there.</summary>
/// <param name="Photo">The photo as it was compared, cropped.</param>
/// <param name="Truth">The ground truth in colours.</param>
/// <param name="Mask">The mask in colours, after the matching where there is one.</param>
/// <param name="Overlay">The mask over the photo.</param>
internal sealed record ImagePictures(string? Photo, string? Truth, string? Mask, string? Overlay);
