namespace DiffSeg.Baselines;

/// <summary>DiffSeg itself, among the methods it is compared with.</summary>
/// <param name="options">The settings; null for the defaults.</param>
public sealed class DiffSegMethod(DiffSegOptions? options = null) : ISegmentationMethod
{
    private readonly DiffSegSegmenter _segmenter = new(options);

    /// <inheritdoc/>
    public string Name => "DiffSeg";

    /// <inheritdoc/>
    public Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _segmenter.Segment(input.Attention, input.Grid, progress: null, cancellationToken);
    }
}
