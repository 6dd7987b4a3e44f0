using System.Globalization;
using DiffSeg.Pictures;

namespace DiffSeg.Baselines;

/// <summary>
/// K-means on the colour (CIELAB) and the position of the pixels: what can be had without any attention. Needs
/// <see cref="MethodInput.Picture"/>.
/// </summary>
public sealed class ColourPositionMethod : ISegmentationMethod
{
    private readonly Spares<ClusterMask> _masks = new();
    private readonly DiffSegOptions _options;
    private readonly int? _clusters;

    /// <summary>The method with a number of clusters, or without.</summary>
    /// <param name="clusters">For all pictures, from 1 to 65,536; null for <see cref="MethodInput.SegmentCount"/>.</param>
    /// <param name="options">Clean-up, numbering and threads of DiffSeg; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 cluster.</exception>
    public ColourPositionMethod(int? clusters = null, DiffSegOptions? options = null)
    {
        if (clusters is < 1 or > ushort.MaxValue + 1)
        {
            throw new ArgumentOutOfRangeException(nameof(clusters), clusters, "There must be from 1 to 65,536 clusters.");
        }

        _clusters = clusters;
        _options = options ?? new DiffSegOptions();
    }

    /// <inheritdoc/>
    public string Name => _clusters is { } clusters
        ? string.Create(CultureInfo.InvariantCulture, $"Colour and position (k = {clusters})")
        : "Colour and position";

    /// <summary>
    /// What the longer side of the picture counts in position, in units of CIELAB (black to white is 100); 0 or more, default
    /// 100. More gives compact segments, less follows the colours.
    /// </summary>
    public float PositionWeight
    {
        get;
        init => field = value >= 0 && float.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(PositionWeight), value, "PositionWeight must be finite and not negative.");
    } = 100;

    /// <inheritdoc/>
    public Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        Picture picture = input.Picture ?? throw new ArgumentException(
            $"{Name} looks at the picture itself: set {nameof(MethodInput.Picture)} of the input.", nameof(input));
        (int height, int width) = (input.Grid.OutputHeight, input.Grid.OutputWidth);
        int clusters = input.SegmentsFor(Name, _clusters);
        if (clusters > Math.Min(height * width, ushort.MaxValue + 1))
        {
            throw new ArgumentException(
                $"{clusters} clusters were asked for, but a mask of {height}x{width} has {height * width} pixels and at most "
                + "65,536 labels; ask for fewer.",
                nameof(input));
        }

        int degree = _options.MaxDegreeOfParallelism;
        ColourPlanes planes = ColourPlanes.Of(picture, height, width, PositionWeight, degree, cancellationToken);
        ushort[] labels = ColourClusters.Label(planes, clusters, degree, cancellationToken);
        ClusterMask mask = _masks.Take();
        try
        {
            return mask.OfPixels(labels, clusters, input, _options, cancellationToken);
        }
        finally
        {
            _masks.Return(mask);
        }
    }
}
