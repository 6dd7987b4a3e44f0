namespace DiffSeg.Pictures;

/// <summary>A label mask read from a file.</summary>
public sealed class LabelImage
{
    private readonly ushort[] _labels;

    internal LabelImage(int height, int width, ushort[] labels)
    {
        Height = height;
        Width = width;
        _labels = labels;
    }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height x width labels, row-major.</summary>
    public ReadOnlySpan<ushort> Labels => _labels;
}
