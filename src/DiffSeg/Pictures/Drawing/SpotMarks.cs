namespace DiffSeg.Pictures.Drawing;

/// <summary>Marks spots in a picture.</summary>
internal static class SpotMarks
{
    private const double DotRadius = 2;
    private static readonly Rgb Dark = Rgb.FromHex(0x101418);

    /// <summary>A ring, white in black, that leaves the spot itself open.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="y">Row of the spot; whole numbers are the middles of pixels.</param>
    /// <param name="x">Column of the spot.</param>
    public static void Ring(Raster picture, double y, double x)
    {
        double radius = Math.Max(5, Math.Min(picture.Height, picture.Width) / 50.0);
        Paint(picture, y, x, radius + 4, distance =>
        {
            double off = Math.Abs(distance - radius);
            return [(Dark, Coverage(off, 2.6)), (Rgb.White, Coverage(off, 1.2))];
        });
    }

    /// <summary>A small dot with a dark rim.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="y">Row of the spot.</param>
    /// <param name="x">Column of the spot.</param>
    /// <param name="colour">Colour of the dot.</param>
    public static void Dot(Raster picture, double y, double x, Rgb colour) =>
        Paint(picture, y, x, DotRadius + 2, distance => [(Dark, Coverage(distance, DotRadius + 1)), (colour, Coverage(distance, DotRadius))]);

    /// <summary>A dot that cannot be overlooked, with a white and a dark rim.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="y">Row of the spot.</param>
    /// <param name="x">Column of the spot.</param>
    /// <param name="colour">Colour of the dot.</param>
    public static void Disc(Raster picture, double y, double x, Rgb colour)
    {
        double radius = Math.Max(4, Math.Min(picture.Height, picture.Width) / 70.0);
        Paint(picture, y, x, radius + 4, distance =>
            [(Dark, Coverage(distance, radius + 2.5)), (Rgb.White, Coverage(distance, radius + 1.5)), (colour, Coverage(distance, radius))]);
    }

    private static void Paint(Raster picture, double y, double x, double reach, Func<double, (Rgb Colour, int Alpha)[]> paint)
    {
        for (int row = (int)(y - reach); row <= y + reach; row++)
        {
            for (int column = (int)(x - reach); column <= x + reach; column++)
            {
                foreach ((Rgb colour, int alpha) in paint(Math.Sqrt(((row - y) * (row - y)) + ((column - x) * (column - x)))))
                {
                    picture.Blend(row, column, colour, alpha);
                }
            }
        }
    }

    // Share of a pixel at a distance that lies within the reach, 0 to 256; the edge is one pixel soft.
    private static int Coverage(double distance, double reach) => (int)(256 * Math.Clamp(reach + 0.5 - distance, 0, 1));
}
