namespace DiffSeg.MLNet;

/// <summary>Whose fault it is that a row could not be segmented.</summary>
public enum SegmentationFault
{
    /// <summary>
    /// The row's own: its picture cannot be read, or its attention is not attention. It fails again wherever it is tried, and
    /// the rows after it do not. What a status column tells (<see cref="MaskColumns.Status"/>).
    /// </summary>
    Row,

    /// <summary>
    /// The machine's: the model does not run, memory is short, a library is missing, a disk or its network fails. Other rows
    /// fail alike, and this one may do elsewhere or later. Always thrown.
    /// </summary>
    Machine,
}
