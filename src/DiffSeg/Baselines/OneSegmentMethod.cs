namespace DiffSeg.Baselines;

/// <summary>The whole picture as one segment: what any method must beat.</summary>
public sealed class OneSegmentMethod : ISegmentationMethod
{
    private static readonly DiffSegOptions Plain = new();

    /// <inheritdoc/>
    public string Name => "One segment";

    /// <inheritdoc/>
    public Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ushort[] labels = new ushort[input.Grid.OutputHeight * input.Grid.OutputWidth];
        return new ClusterMask().OfPixels(labels, clusters: 1, input, Plain, cancellationToken);
    }
}
