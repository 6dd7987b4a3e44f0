using DiffSeg.Pictures;

namespace DiffSeg;

/// <summary>The segment under a point, or under several: which pixels belong to it.</summary>
public sealed partial class PointSegment
{
    private readonly ushort[] _labels;

    internal PointSegment(
        ushort[] labels, Segment segment, MaskGrid grid, IReadOnlyList<PointPrompt> points, IReadOnlyList<float> limits,
        AttentionMap map)
    {
        _labels = labels;
        (Height, Width) = (grid.OutputHeight, grid.OutputWidth);
        (Points, Limits, Map) = (points, limits, map);
        (Area, Box) = (segment.Area, segment.Box);
    }

    /// <summary>Rows of the mask.</summary>
    public int Height { get; }

    /// <summary>Columns of the mask.</summary>
    public int Width { get; }

    /// <summary>1 for each pixel of the segment and 0 for all others, row-major, Height x Width.</summary>
    public ReadOnlySpan<ushort> Labels => _labels;

    /// <summary>Pixels of the segment, at least 1.</summary>
    public int Area { get; }

    /// <summary>The smallest rectangle around them.</summary>
    public BoundingBox Box { get; }

    /// <summary>The segment's share of the picture, above 0 up to 1.</summary>
    public double Share => Area / ((double)Height * Width);

    /// <summary>The points that were asked for.</summary>
    public IReadOnlyList<PointPrompt> Points { get; }

    /// <summary>For each point the steps within which a token counts as its own; what <see cref="PointOptions.Steps"/> sets.</summary>
    public IReadOnlyList<float> Limits { get; }

    /// <summary>
    /// The Markov map: for each token the steps that a chain from the nearest foreground point needs to reach it. Low near the
    /// point and in things like it.
    /// </summary>
    public AttentionMap Map { get; }

    /// <summary>The picture beneath; null where it is not known.</summary>
    public Picture? Picture => Map.Picture;
}
