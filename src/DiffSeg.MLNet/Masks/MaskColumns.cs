namespace DiffSeg.MLNet;

/// <summary>
/// Columns that can come with a mask. Each is named after the mask: <c>Mask</c> gives <c>MaskHeight</c>.
/// </summary>
[Flags]
public enum MaskColumns
{
    /// <summary>The mask alone.</summary>
    None = 0,

    /// <summary>
    /// <c>MaskHeight</c> and <c>MaskWidth</c>, Int32. Always there when the size differs from row to row.
    /// </summary>
    Size = 1,

    /// <summary><c>MaskSegmentCount</c>, Int32: how many segments own at least one pixel.</summary>
    SegmentCount = 2,

    /// <summary><c>MaskProposalCount</c>, Int32: how many proposals the merging ended with.</summary>
    ProposalCount = 4,

    /// <summary>All of them.</summary>
    All = Size | SegmentCount | ProposalCount,
}
