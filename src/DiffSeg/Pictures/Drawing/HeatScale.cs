namespace DiffSeg.Pictures.Drawing;

/// <summary>The colours of heat maps, from a dark blue over red to a pale yellow.</summary>
/// <remarks>
/// A Bezier curve in Oklab (B. Ottosson, 2020) in 32 steps of equal length, so that equal differences of weight look about
/// equal. Its five control points (lightness, chroma, hue in degrees) are (0.20, 0.07, 275), (0.40, 0.25, 305),
/// (0.58, 0.24, 15), (0.76, 0.17, 62) and (0.965, 0.10, 105). Lightness rises at every step for normal, protanope and
/// deuteranope eyes, so nobody needs to tell the hues apart. Kept as numbers: the same bytes on every machine.
/// </remarks>
internal static class HeatScale
{
    private static ReadOnlySpan<uint> Steps =>
    [
        0x0E1135, 0x181140, 0x22114A, 0x2C1253, 0x37135C, 0x421563, 0x4D1869, 0x591C6E, 0x652071, 0x702574, 0x7C2A75,
        0x882F76, 0x933576, 0x9E3B75, 0xA84273, 0xB24972, 0xBC5070, 0xC5586E, 0xCE616B, 0xD66969, 0xDE7367, 0xE47D66,
        0xEB8765, 0xF09166, 0xF49C67, 0xF8A76A, 0xFBB36E, 0xFDBE74, 0xFECA7C, 0xFFD585, 0xFFE18F, 0xFEED9B, 0xFDF8A8,
    ];

    /// <summary>The colour of a level of heat.</summary>
    /// <param name="level">0 to 255.</param>
    public static Rgb Colour(byte level)
    {
        int place = level * (Steps.Length - 1), step = place / byte.MaxValue;
        Rgb colour = Rgb.FromHex(Steps[step]);
        int alpha = place % byte.MaxValue * 256 / byte.MaxValue;
        return alpha == 0 ? colour : Raster.Mix(colour, Rgb.FromHex(Steps[step + 1]), alpha);
    }
}
