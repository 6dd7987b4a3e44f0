namespace DiffSeg.MLNet;

/// <summary>
/// A row of <c>ml.Data.LoadSegmentationDataSet</c>: an image of a data set (<see cref="ImageSource.ImagePath"/>) and where
/// its ground truth is.
/// </summary>
public class LabelledImage : ImageSource
{
    /// <summary>What tells the image from the data set's others: its name without ending.</summary>
    public string Id { get; set; } = "";

    /// <summary>Path of the label map.</summary>
    public string LabelPath { get; set; } = "";

    /// <summary>How many annotators drew the image, each a label map; at least 1.</summary>
    public int AnnotatorCount { get; set; }
}
