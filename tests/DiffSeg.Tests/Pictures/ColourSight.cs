using DiffSeg.Pictures;

namespace DiffSeg.Tests.Pictures;

/// <summary>How a colour looks, in CIELAB, to normal, protanope and deuteranope eyes.</summary>
internal static class ColourSight
{
    public static readonly double[][] Normal = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

    // Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
    public static readonly double[][] Protanope =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];

    public static readonly double[][] Deuteranope =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    public static double Distance(Rgb a, Rgb b, double[][] eye)
    {
        double[] p = Lab(a, eye), q = Lab(b, eye);
        return Math.Sqrt(p.Zip(q, (x, y) => (x - y) * (x - y)).Sum());
    }

    public static double SmallestDistance(Rgb a, Rgb b) =>
        new[] { Normal, Protanope, Deuteranope }.Min(eye => Distance(a, b, eye));

    public static double[] Lab(Rgb colour, double[][] eye)
    {
        double[] linear = [Linear(colour.Red), Linear(colour.Green), Linear(colour.Blue)];
        double[] seen = [.. eye.Select(row => Math.Clamp(row.Zip(linear, (w, v) => w * v).Sum(), 0, 1))];
        double x = F(((0.4124564 * seen[0]) + (0.3575761 * seen[1]) + (0.1804375 * seen[2])) / 0.95047);
        double y = F((0.2126729 * seen[0]) + (0.7151522 * seen[1]) + (0.0721750 * seen[2]));
        double z = F(((0.0193339 * seen[0]) + (0.1191920 * seen[1]) + (0.9503041 * seen[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
}
