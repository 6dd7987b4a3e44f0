namespace DiffSeg.StandIn;

/// <summary>
/// Draws with the quality that ML.NET asks of its graphics library: cubic (Mitchell) when the picture grows; when it
/// shrinks, halved while it is at least twice too large, then linear.
/// </summary>
internal static class Sampling
{
    public static Raster Draw(Raster picture, Target target, int width, int height)
    {
        var drawn = new Raster(width, height, new byte[width * height * Raster.BytesPerPixel], IsOpaque: true);
        if (target.Width == 0 || target.Height == 0)
        {
            return drawn;
        }

        double shrink = Math.Sqrt((double)picture.Width / target.Width * picture.Height / target.Height);
        for (; shrink >= 2; shrink /= 2)
        {
            picture = Halved(picture);
        }

        Func<double, double> kernel = shrink < 1 ? Mitchell : Linear;
        Taps[] columns = TapsOf(picture.Width, target.Left, target.Width, width, kernel);
        Taps[] rows = TapsOf(picture.Height, target.Top, target.Height, height, kernel);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                if (columns[x].Weights is not null && rows[y].Weights is not null)
                {
                    Mix(picture, columns[x], rows[y], drawn.Bytes.AsSpan((y * width + x) * Raster.BytesPerPixel));
                }
            }
        }
        return drawn;
    }

    /// <summary>The pixels, and their weights, that one place of the target mixes; outside the target none.</summary>
    private static Taps[] TapsOf(int length, int start, int targetLength, int visible, Func<double, double> kernel)
    {
        var taps = new Taps[visible];
        double scale = (double)length / targetLength;
        for (int i = Math.Max(0, start); i < Math.Min(visible, (long)start + targetLength); i++)
        {
            double centre = (i - start + 0.5) * scale - 0.5;
            int first = (int)Math.Floor(centre) - 1;
            double[] weights = [.. Enumerable.Range(first, 4).Select(p => kernel(Math.Abs(p - centre)))];
            double sum = weights.Sum();
            taps[i] = new Taps(
                [.. Enumerable.Range(first, 4).Select(p => Math.Clamp(p, 0, length - 1))],
                [.. weights.Select(w => w / sum)]);
        }
        return taps;
    }

    private static void Mix(Raster picture, Taps columns, Taps rows, Span<byte> pixel)
    {
        Span<double> sums = stackalloc double[Raster.BytesPerPixel];
        sums.Clear();
        for (int r = 0; r < rows.Weights.Length; r++)
        {
            if (rows.Weights[r] == 0)
            {
                continue;
            }

            ReadOnlySpan<byte> line = picture.Row(rows.Places[r]);
            for (int c = 0; c < columns.Weights.Length; c++)
            {
                double weight = rows.Weights[r] * columns.Weights[c];
                for (int channel = 0; weight != 0 && channel < sums.Length; channel++)
                {
                    sums[channel] += weight * line[columns.Places[c] * Raster.BytesPerPixel + channel];
                }
            }
        }
        // Colours are multiplied by alpha, so none is above it.
        double alpha = Math.Clamp(sums[3], 0, 255);
        for (int channel = 0; channel < sums.Length; channel++)
        {
            pixel[channel] = (byte)Math.Round(Math.Clamp(sums[channel], 0, alpha));
        }
    }

    /// <summary>Half the size: means of two, or of three weighted 1 2 1 where the length is odd.</summary>
    private static Raster Halved(Raster picture)
    {
        int width = Math.Max(1, picture.Width / 2);
        int height = Math.Max(1, picture.Height / 2);
        int[] across = Kernel(picture.Width);
        int[] down = Kernel(picture.Height);
        int total = across.Sum() * down.Sum();
        int stride = width * Raster.BytesPerPixel;
        var bytes = new byte[height * stride];
        var sums = new int[stride];
        for (int y = 0; y < height; y++)
        {
            Array.Clear(sums);
            for (int r = 0; r < down.Length; r++)
            {
                for (int c = 0; c < across.Length; c++)
                {
                    AddEverySecondPixel(picture.Row(2 * y + r), c, down[r] * across[c], sums);
                }
            }
            for (int i = 0; i < stride; i++)
            {
                bytes[y * stride + i] = (byte)(sums[i] / total);
            }
        }
        return new Raster(width, height, bytes, picture.IsOpaque);

        static int[] Kernel(int length) => length == 1 ? [1] : length % 2 == 0 ? [1, 1] : [1, 2, 1];
    }

    private static void AddEverySecondPixel(ReadOnlySpan<byte> line, int first, int weight, int[] sums)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            int pixel = 2 * (i / Raster.BytesPerPixel) + first;
            sums[i] += weight * line[pixel * Raster.BytesPerPixel + i % Raster.BytesPerPixel];
        }
    }

    private static double Linear(double distance) => Math.Max(0, 1 - distance);

    /// <summary>Mitchell and Netravali's cubic with B = C = 1/3.</summary>
    private static double Mitchell(double distance) => distance switch
    {
        < 1 => (7 * distance * distance * distance - 12 * distance * distance + 16.0 / 3) / 6,
        < 2 => (-7.0 / 3 * distance * distance * distance + 12 * distance * distance - 20 * distance + 32.0 / 3) / 6,
        _ => 0,
    };

    private readonly record struct Taps(int[] Places, double[] Weights);
}
