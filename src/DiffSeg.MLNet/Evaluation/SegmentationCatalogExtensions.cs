using DiffSeg.MLNet;

namespace Microsoft.ML;

/// <summary>Segmentation among the tasks of an <see cref="MLContext"/>.</summary>
public static class SegmentationCatalogExtensions
{
    /// <summary>
    /// Measures segmentations, as <c>ml.MulticlassClassification</c> measures classifications, and encodes pictures to be
    /// segmented many times.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <returns>The catalog.</returns>
    public static SegmentationCatalog Segmentation(this MLContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new SegmentationCatalog(context);
    }
}
