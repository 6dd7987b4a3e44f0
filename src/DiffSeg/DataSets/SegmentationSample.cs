using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

/// <summary>An image of a data set and where its ground truth is.</summary>
public sealed class SegmentationSample
{
    private readonly ClassTable? _classes;

    internal SegmentationSample(string id, string imagePath, string labelPath, ClassTable? classes)
    {
        Id = id;
        ImagePath = imagePath;
        LabelPath = labelPath;
        _classes = classes;
        AnnotatorCount = LabelMapReader.CountAnnotators(labelPath);
    }

    /// <summary>What tells the image from the data set's others: its name without ending.</summary>
    public string Id { get; }

    /// <summary>Path of the image.</summary>
    public string ImagePath { get; }

    /// <summary>Path of the label map.</summary>
    public string LabelPath { get; }

    /// <summary>How many annotators drew the image, each a label map; at least 1.</summary>
    public int AnnotatorCount { get; }

    /// <summary>Reads the ground truth.</summary>
    /// <param name="geometry">What of it to take, at what size; null for all of it in its own pixels.</param>
    /// <returns>A label map for each annotator.</returns>
    /// <exception cref="LabelMapException">The file cannot be used; the message says why.</exception>
    public IReadOnlyList<LabelMap> ReadLabelMaps(LabelMapGeometry? geometry = null)
        => LabelMapReader.Read(LabelPath, _classes, geometry, ImagePath);
}
