using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.DataSets;
using DiffSeg.Evaluation;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>A picture with its ground truth and its attention; or what is wrong with it.</summary>
/// <param name="Work">Which picture.</param>
internal sealed record EncodedImage(ImageWork Work)
{
    /// <summary>Why it is left out; null when it is whole.</summary>
    public Exception? Problem { get; init; }

    /// <summary>Why it is left out, where the file shows it before it is decoded.</summary>
    public string? FileProblem { get; init; }

    /// <summary>The picture.</summary>
    public PictureBytes Picture { get; init; } = null!;

    /// <summary>Which part of it is compared, and where the model saw it.</summary>
    public PicturePlacement Placement { get; init; } = null!;

    /// <summary>The label maps of its annotators, of the picture's size.</summary>
    public IReadOnlyList<LabelMap> Truth { get; init; } = [];

    /// <summary>Its attention; null where there is a problem.</summary>
    public AttentionSlot? Attention { get; init; }

    /// <summary>Whether the attention came from the disk.</summary>
    public bool Kept { get; init; }

    /// <summary>Time for reading and preparing picture and truth.</summary>
    public TimeSpan Preparing { get; init; }

    /// <summary>Time for the model, or for reading what it gave earlier.</summary>
    public TimeSpan Encoding { get; init; }
}

/// <summary>A picture to do.</summary>
/// <param name="Index">Its position in the data set, from 0.</param>
/// <param name="Sample">Where it is.</param>
internal sealed record ImageWork(int Index, SegmentationSample Sample);
