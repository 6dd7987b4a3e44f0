namespace DiffSeg.Pictures;

/// <summary>An opaque sRGB colour, 0..255 per channel.</summary>
/// <param name="Red">Red, 0..255.</param>
/// <param name="Green">Green, 0..255.</param>
/// <param name="Blue">Blue, 0..255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>White, the default of outlines.</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>The colour written as 0xRRGGBB.</summary>
    /// <param name="hex">0x000000..0xFFFFFF; higher bits are ignored.</param>
    /// <returns>The colour.</returns>
    public static Rgb FromHex(uint hex) => new((byte)(hex >> 16), (byte)(hex >> 8), (byte)hex);

    /// <summary>The colour as "#RRGGBB".</summary>
    /// <returns>Seven characters.</returns>
    public override string ToString() => $"#{Red:X2}{Green:X2}{Blue:X2}";
}
