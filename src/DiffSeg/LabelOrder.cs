namespace DiffSeg;

/// <summary>How the segments of a mask are numbered.</summary>
public enum LabelOrder
{
    /// <summary>Densely from 0, the largest segment first; of equal areas, the lower proposal first.</summary>
    Area,

    /// <summary>
    /// By the index of the proposal that won the pixel, as the published code numbers them: some numbers may own no
    /// pixel. Together with <see cref="DiffSegOptions.Regions"/>, by proposal and then by the region's first pixel.
    /// </summary>
    Proposal,
}
