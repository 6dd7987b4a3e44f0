namespace DiffSeg;

/// <summary>How a picture was segmented, step by step: from the anchors over each iteration of the merging to the mask.</summary>
public sealed partial class MergingTrace
{
    internal MergingTrace(IReadOnlyList<MergingStep> steps, Segmentation result, MaskGrid grid) =>
        (Steps, Result, Grid) = (steps, result, grid);

    /// <summary>The iterations in order, at least one.</summary>
    public IReadOnlyList<MergingStep> Steps { get; }

    /// <summary>What came of them.</summary>
    public Segmentation Result { get; }

    /// <summary>Size of the result, and where its pixels lie on the maps.</summary>
    public MaskGrid Grid { get; }
}
