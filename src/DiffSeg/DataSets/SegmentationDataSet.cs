using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

/// <summary>
/// A data set as downloaded: its images with their label maps, in the order of their ids. Only names are looked at; a label
/// map is read when a sample is asked for it.
/// </summary>
public sealed partial class SegmentationDataSet
{
    internal SegmentationDataSet(
        string name, string root, GroundTruthKind kind, ClassTable? classes, IReadOnlyList<SegmentationSample> samples)
    {
        Name = name;
        Root = root;
        Kind = kind;
        Classes = classes;
        Samples = samples;
    }

    /// <summary>What the data set is called, with its split.</summary>
    public string Name { get; }

    /// <summary>The folder that it was found in.</summary>
    public string Root { get; }

    /// <summary>What its label maps tell.</summary>
    public GroundTruthKind Kind { get; }

    /// <summary>Its classes; null for segments without a class.</summary>
    public ClassTable? Classes { get; }

    /// <summary>The images, in the order of their ids; at least one.</summary>
    public IReadOnlyList<SegmentationSample> Samples { get; }

    /// <summary>The first images only.</summary>
    /// <param name="limit">How many at most, at least 1.</param>
    /// <returns>The data set with these.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public SegmentationDataSet Take(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new SegmentationDataSet(Name, Root, Kind, Classes, [.. Samples.Take(limit)]);
    }
}
