namespace DiffSeg.Pictures.Drawing;

/// <summary>
/// How a colour looks to normal, protanope and deuteranope eyes: CIELAB coordinates (D65) after the simulation of Machado,
/// Oliveira and Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009, severity 1.
/// </summary>
internal readonly struct ColourSight
{
    private const int Eyes = 3;

    // On linear RGB, row by row: normal, protanope, deuteranope.
    private static readonly double[] Seen =
    [
        1, 0, 0, 0, 1, 0, 0, 0, 1,
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881,
    ];

    // L, a and b for each eye.
    private readonly double[] _lab;

    /// <param name="colour">The colour.</param>
    public ColourSight(Rgb colour)
    {
        (double red, double green, double blue) = (Linear(colour.Red), Linear(colour.Green), Linear(colour.Blue));
        _lab = new double[3 * Eyes];
        for (int eye = 0; eye < Eyes; eye++)
        {
            ReadOnlySpan<double> seen = Seen.AsSpan(9 * eye, 9);
            double r = Channel(seen), g = Channel(seen[3..]), b = Channel(seen[6..]);
            double x = Response(((0.4124564 * r) + (0.3575761 * g) + (0.1804375 * b)) / 0.95047);
            double y = Response((0.2126729 * r) + (0.7151522 * g) + (0.0721750 * b));
            double z = Response(((0.0193339 * r) + (0.1191920 * g) + (0.9503041 * b)) / 1.08883);
            (_lab[3 * eye], _lab[(3 * eye) + 1], _lab[(3 * eye) + 2]) = ((116 * y) - 16, 500 * (x - y), 200 * (y - z));
        }

        double Channel(ReadOnlySpan<double> weights) =>
            Math.Clamp((weights[0] * red) + (weights[1] * green) + (weights[2] * blue), 0, 1);
    }

    /// <summary>The smallest distance (CIE76) of two colours over the three eyes.</summary>
    public double DistanceTo(ColourSight other)
    {
        double smallest = double.MaxValue;
        for (int eye = 0; eye < Eyes; eye++)
        {
            double sum = 0;
            for (int i = 3 * eye; i < 3 * (eye + 1); i++)
            {
                sum += (_lab[i] - other._lab[i]) * (_lab[i] - other._lab[i]);
            }

            smallest = Math.Min(smallest, sum);
        }

        return Math.Sqrt(smallest);
    }

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static double Response(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
}
