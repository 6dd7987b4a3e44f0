using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Report.Gallery;

/// <summary>Images that stand together in the gallery.</summary>
/// <param name="Title">"Best", "Median", "Worst", or "All images" where there are few.</param>
/// <param name="Images">The images, the best first.</param>
internal sealed record GalleryGroup(string Title, IReadOnlyList<ImageScore> Images)
{
    /// <summary>Images of a group.</summary>
    public const int Size = 3;

    /// <summary>The best, the middle and the worst; equal scores are in the order of their names.</summary>
    /// <param name="images">Images in any order; those without a score are left out.</param>
    public static IReadOnlyList<GalleryGroup> Of(IEnumerable<ImageScore> images)
    {
        ImageScore[] sorted =
        [
            .. images.Where(image => double.IsFinite(image.Score))
                .OrderByDescending(image => image.Score)
                .ThenBy(image => image.Id, StringComparer.Ordinal),
        ];
        if (sorted.Length == 0)
        {
            return [];
        }

        return sorted.Length <= 3 * Size
            ? [new GalleryGroup("All images, the best first", sorted)]
            :
            [
                new GalleryGroup("Best", sorted[..Size]),
                new GalleryGroup("Median", sorted[((sorted.Length - Size) / 2)..((sorted.Length + Size) / 2)]),
                new GalleryGroup("Worst", sorted[^Size..]),
            ];
    }
}
