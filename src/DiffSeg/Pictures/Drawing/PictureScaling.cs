namespace DiffSeg.Pictures.Drawing;

/// <summary>Pictures and masks at another size.</summary>
internal static class PictureScaling
{
    // Between the passes a channel keeps four bits more than a byte, so that nothing is rounded twice visibly.
    private const int KeptBits = 4;
    private const int FirstShift = 12 - KeptBits;
    private const int SecondShift = 12 + KeptBits;

    /// <summary>The size at which something is shown: its longer side is at most the given one, its proportions stay.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="longestSide">At least 1.</param>
    public static (int Height, int Width) Fit(int height, int width, int longestSide)
    {
        double scale = Math.Min(1, (double)longestSide / Math.Max(height, width));
        return (Math.Max(1, (int)Math.Round(height * scale)), Math.Max(1, (int)Math.Round(width * scale)));
    }

    /// <summary>The picture at a size: means where it shrinks, linear interpolation where it grows; opaque.</summary>
    public static Raster Scale(Picture picture, int height, int width)
    {
        ScalingAxis rows = new(picture.Height, height), columns = new(picture.Width, width);
        int red = picture.Order == PixelOrder.Rgba32 ? 0 : 2;
        ReadOnlySpan<byte> source = picture.Pixels.Span;
        int[] sums = new int[3 * width];
        ushort[][] narrow = new ushort[picture.Height][];
        var scaled = new Raster(height, width);
        for (int y = 0; y < height; y++)
        {
            (int first, int[] weights) = rows[y];
            Array.Clear(sums);
            for (int i = 0; i < weights.Length; i++)
            {
                ushort[] row = narrow[first + i] ??= Narrow(source.Slice(4 * (first + i) * picture.Width, 4 * picture.Width), columns, red);
                for (int x = 0; x < sums.Length; x++)
                {
                    sums[x] += weights[i] * row[x];
                }
            }

            // Rows above the next one's first are not needed any more.
            Array.Clear(narrow, 0, first);
            Span<byte> to = scaled.Pixels.AsSpan(4 * y * width, 4 * width);
            for (int x = 0, from = 0; x < to.Length; x += 4, from += 3)
            {
                (to[x], to[x + 1], to[x + 2]) = (Whole(sums[from]), Whole(sums[from + 1]), Whole(sums[from + 2]));
            }
        }

        return scaled;
    }

    /// <summary>A mask at a size. Labels have no values in between: the nearest pixel counts, by the places of the centres.</summary>
    public static ushort[] Scale(ReadOnlySpan<ushort> labels, int height, int width, int toHeight, int toWidth)
    {
        if ((height, width) == (toHeight, toWidth))
        {
            return labels.ToArray();
        }

        ushort[] scaled = new ushort[toHeight * toWidth];
        for (int y = 0; y < toHeight; y++)
        {
            ReadOnlySpan<ushort> row = labels.Slice(Nearest(y, toHeight, height) * width, width);
            for (int x = 0; x < toWidth; x++)
            {
                scaled[(y * toWidth) + x] = row[Nearest(x, toWidth, width)];
            }
        }

        return scaled;
    }

    private static int Nearest(int position, int count, int of) => (int)(((2L * position) + 1) * of / (2L * count));

    private static ushort[] Narrow(ReadOnlySpan<byte> row, ScalingAxis columns, int red)
    {
        ushort[] narrow = new ushort[3 * columns.Count];
        for (int x = 0; x < columns.Count; x++)
        {
            (int first, int[] weights) = columns[x];
            (int r, int g, int b) = (0, 0, 0);
            for (int i = 0, at = 4 * first; i < weights.Length; i++, at += 4)
            {
                r += weights[i] * row[at + red];
                g += weights[i] * row[at + 1];
                b += weights[i] * row[at + 2 - red];
            }

            (narrow[3 * x], narrow[(3 * x) + 1], narrow[(3 * x) + 2]) = (Kept(r), Kept(g), Kept(b));
        }

        return narrow;
    }

    private static ushort Kept(int sum) => (ushort)((sum + (1 << (FirstShift - 1))) >> FirstShift);

    private static byte Whole(int sum) => (byte)Math.Min(byte.MaxValue, (sum + (1 << (SecondShift - 1))) >> SecondShift);
}
