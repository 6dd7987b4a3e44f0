using System.Xml.Linq;
using DiffSeg.Cli.Evaluating.Report.Gallery;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Report.Wording;

namespace DiffSeg.Cli.Evaluating.Report.Page;

/// <summary>The best, the median and the worst images of the main run.</summary>
internal static class GallerySection
{
    /// <summary>The element; null when there are no images to show.</summary>
    /// <param name="result">The evaluation.</param>
    /// <param name="folder">The folder of the report.</param>
    public static XElement? Of(EvaluationResult result, string folder)
    {
        IReadOnlyList<GalleryGroup> groups = GalleryGroup.Of(result.Images);
        return groups.Count == 0 ? null : PageSection.Of(
            "images",
            "Images",
            Markup.Of(
                "p",
                "small",
                $"{result.MainRun}, by {MetricWord.Of(result.ImageMetric).Title} of the image by itself; {ProtocolText.Scope(result.Protocol.Matching)}; {ProtocolText.Size(result.Protocol)}."),
            groups.Select(group => Markup.Of(
                "div", "gallery", Markup.Of("h3", null, group.Title), group.Images.Select(image => Row(result, folder, image)))));
    }

    private static XElement Row(EvaluationResult result, string folder, ImageScore image)
    {
        MetricWord word = MetricWord.Of(result.ImageMetric);
        string score = word.IsShare
            ? $"{word.Title} {Figures.WholePercent(image.Score)} %"
            : $"{word.Title} {Figures.WithError(image.Score, double.NaN, usual: 2)}";
        string segments = $"{image.Segments} {(image.Segments == 1 ? "segment" : "segments")}";
        return Markup.Of(
            "figure",
            "image",
            Markup.Of("figcaption", null, Markup.Of("b", null, image.Id), $" {score}, {segments}"),
            image.Pictures is not { } pictures ? null : Markup.Of(
                "div",
                "pictures",
                Picture(folder, image, "Photo", pictures.Photo),
                Picture(folder, image, "Ground truth", pictures.Truth),
                Picture(folder, image, "Mask", pictures.Mask),
                Picture(folder, image, "Overlay", pictures.Overlay)));
    }

    private static XElement Picture(string folder, ImageScore image, string what, string? name) => Markup.Of(
        "div",
        null,
        DataUri.Of(folder, name) is { } uri
            ? Markup.Of("img", null, new XAttribute("src", uri), new XAttribute("alt", $"{what} of {image.Id}"), new XAttribute("loading", "lazy"))
            : Markup.Of("p", "nothing", "no picture"),
        Markup.Of("span", null, what));
}
