namespace DiffSeg.Onnx.Demo;

/// <summary>
/// Windows that gather pixels into cells, as matrices [cells, pixels]: a row holds one cell's weights, not normalised.
/// </summary>
internal static class DemoWindows
{
    private const int Reach = 4; // in sigmas

    /// <summary>1 on the cell's own pixels.</summary>
    public static float[] Boxes(int pixels, int cell)
    {
        var windows = new float[pixels / cell * pixels];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            windows[pixel / cell * pixels + pixel] = 1;
        }

        return windows;
    }

    /// <summary>A Gaussian about each of the cell's pixels, summed: smoothing, then the cell's mean.</summary>
    public static float[] Gaussian(int pixels, int cell, double sigma)
    {
        int radius = (int)Math.Ceiling(Reach * sigma);
        var windows = new double[pixels / cell * pixels];
        for (int centre = 0; centre < pixels; centre++)
        {
            for (int pixel = Math.Max(0, centre - radius); pixel <= Math.Min(pixels - 1, centre + radius); pixel++)
            {
                double distance = (pixel - centre) / sigma;

                // Math.Exp may differ in its last bit from machine to machine; the file must not.
                windows[centre / cell * pixels + pixel] += Math.Round(Math.Exp(-distance * distance / 2), 9);
            }
        }

        return Array.ConvertAll(windows, w => (float)w);
    }
}
