namespace DiffSeg.DataSets;

/// <summary>
/// Where the images and label maps of a data set of the user's are, for <see cref="SegmentationDataSet.FromFolders"/>.
/// </summary>
public sealed class SegmentationFolders
{
    /// <summary>The folder of the images.</summary>
    public required string Images { get; init; }

    /// <summary>The folder of the label maps; a label map is named like its image.</summary>
    public required string Labels { get; init; }

    /// <summary>What follows the image's name in that of its label map, as CamVid's "_L"; empty for nothing.</summary>
    public string LabelSuffix { get; init; } = "";

    /// <summary>
    /// A text file with the ids to take, one a line, as Pascal VOC's ImageSets/Segmentation/val.txt; null for all images,
    /// which must then have a label map each, and the reverse.
    /// </summary>
    public string? IdList { get; init; }
}
