using DiffSeg.Pictures;

namespace DiffSeg;

/// <summary>A segmented picture: which pixel belongs to which segment.</summary>
public sealed partial class Segmentation
{
    private readonly ushort[] _labels;
    private readonly int[] _proposalOf;

    internal Segmentation(
        ushort[] labels, int height, int width, ProposalSet proposals, int[] proposalOf, Segment[] segments)
    {
        _labels = labels;
        _proposalOf = proposalOf;
        Height = height;
        Width = width;
        Proposals = proposals;
        Segments = segments;
    }

    /// <summary>Rows of the mask.</summary>
    public int Height { get; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; }

    /// <summary>The label of each pixel, row-major, Height x Width.</summary>
    public ReadOnlySpan<ushort> Labels => _labels;

    /// <summary>Number of segments, each with at least one pixel.</summary>
    public int SegmentCount => Segments.Count;

    /// <summary>The segments in ascending order of their labels, measured.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>
    /// The merged attention maps that the pixels were given to, refined where asked for. A method that makes no maps (see
    /// <see cref="Baselines.ISegmentationMethod"/>) has none here.
    /// </summary>
    public ProposalSet Proposals { get; }

    /// <summary>The picture beneath, to be shown with the mask; of any size; null where it is not known.</summary>
    public Picture? Picture { get; set; }

    /// <summary>The proposal that a segment comes from.</summary>
    /// <param name="label">A label of the mask.</param>
    /// <returns>Index into <see cref="Proposals"/>; the number of a cluster where the method makes no maps.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No segment can have this label.</exception>
    public int ProposalOf(ushort label)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, _proposalOf.Length);
        return _proposalOf[label];
    }
}
