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

    /// <summary>
    /// <c>MaskStatus</c>, text: empty when all is well, else in one line why the row has no mask. With it a row that cannot be
    /// segmented does not throw: its mask is empty, 0 x 0, with 0 segments. The mask's size then differs from row to row, so
    /// its height and width come too.
    /// </summary>
    /// <remarks>
    /// Only what is the row's own fault is told so (<see cref="SegmentationFault.Row"/>): when the model does not run, and when
    /// reading is cancelled, it still throws, since no row after it would do better.
    /// </remarks>
    Status = 8,

    /// <summary>All that tell about a mask. Not <see cref="Status"/>, which changes what happens to rows that fail.</summary>
    All = Size | SegmentCount | ProposalCount,
}
