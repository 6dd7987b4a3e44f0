namespace DiffSeg.Pictures;

/// <summary>Order of the four bytes of a pixel in memory.</summary>
public enum PixelOrder
{
    /// <summary>Red, green, blue, alpha.</summary>
    Rgba32,

    /// <summary>Blue, green, red, alpha.</summary>
    Bgra32,
}
