namespace DiffSeg.Baselines;

/// <summary>From sRGB to CIELAB with the white of sRGB itself (D65): greys have a = b = 0.</summary>
internal static class CieLab
{
    private static readonly float[] LinearOfByte = [.. Enumerable.Range(0, 256).Select(i => (float)Linear(i / 255.0))];

    /// <summary>Linear light of each value of a byte, 0 to 1.</summary>
    public static ReadOnlySpan<float> Light => LinearOfByte;

    /// <summary>A colour of linear light.</summary>
    /// <param name="red">0 to 1.</param>
    /// <param name="green">0 to 1.</param>
    /// <param name="blue">0 to 1.</param>
    /// <returns>L from 0 to 100; a and b within about 110 of 0.</returns>
    public static (float L, float A, float B) Of(double red, double green, double blue)
    {
        // Rows of the matrix from sRGB to XYZ, each divided by its sum, the white.
        double x = Curve(((0.4124564 * red) + (0.3575761 * green) + (0.1804375 * blue)) / 0.95047);
        double y = Curve((0.2126729 * red) + (0.7151522 * green) + (0.0721750 * blue));
        double z = Curve(((0.0193339 * red) + (0.1191920 * green) + (0.9503041 * blue)) / 1.08883);
        return ((float)((116 * y) - 16), (float)(500 * (x - y)), (float)(200 * (y - z)));
    }

    private static double Linear(double value) =>
        value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    private static double Curve(double value) =>
        value > 216.0 / 24389 ? Math.Cbrt(value) : ((24389.0 / 27 * value) + 16) / 116;
}
