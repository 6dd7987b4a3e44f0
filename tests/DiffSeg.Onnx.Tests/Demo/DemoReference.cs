namespace DiffSeg.Onnx.Tests.Demo;

/// <summary>
/// The demo model's formula as models/README.md states it, in double precision and plain loops, one pixel and one pair
/// of tokens at a time: shares no code and no constants with the graph's builder.
/// </summary>
internal static class DemoReference
{
    private const int Side = 512;
    private const int FinestSide = 64;
    private const int Cell = 8;

    /// <summary>Attention [side², side²] of an image [3, 512, 512] in [-1, 1], for each side asked for.</summary>
    public static Dictionary<int, double[]> Attention(float[] image, params int[] sides)
    {
        double[][] lab = Lab(image);
        bool[] litRows = Lit(image, byRow: true);
        bool[] litColumns = Lit(image, byRow: false);
        double[][] finest = FinestFeatures(lab, litRows, litColumns);
        return sides.ToDictionary(side => side, side => Affinity(Coarser(finest, side, litRows, litColumns), side));
    }

    private static double[][] Lab(float[] image)
    {
        int pixels = Side * Side;
        double[][] lab = [new double[pixels], new double[pixels], new double[pixels]];
        for (int i = 0; i < pixels; i++)
        {
            double r = Linear(image[i]), g = Linear(image[pixels + i]), b = Linear(image[2 * pixels + i]);
            double x = F((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / (0.4124564 + 0.3575761 + 0.1804375));
            double y = F((0.2126729 * r + 0.7151522 * g + 0.0721750 * b) / (0.2126729 + 0.7151522 + 0.0721750));
            double z = F((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / (0.0193339 + 0.1191920 + 0.9503041));
            lab[0][i] = (116 * y - 16) / 100;
            lab[1][i] = 2 * 500 * (x - y) / 80;
            lab[2][i] = 2 * 200 * (y - z) / 80;
        }

        return lab;

        static double Linear(double value)
        {
            double s = (value + 1) / 2;
            return s <= 0.04045 ? s / 12.92 : Math.Pow((s + 0.055) / 1.055, 2.4);
        }

        static double F(double t) => t > Math.Pow(6.0 / 29, 3) ? Math.Cbrt(t) : t / (3 * Math.Pow(6.0 / 29, 2)) + 4.0 / 29;
    }

    private static bool[] Lit(float[] image, bool byRow)
    {
        var lit = new bool[Side];
        for (int i = 0; i < image.Length; i++)
        {
            int pixel = i % (Side * Side);
            lit[byRow ? pixel / Side : pixel % Side] |= image[i] > -1 + 1 / 255.0;
        }

        return lit;
    }

    private static double[][] FinestFeatures(double[][] lab, bool[] litRows, bool[] litColumns)
    {
        double[] lightness = lab[0];
        double[] horizontal = new double[Side * Side], vertical = new double[Side * Side];
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                horizontal[y * Side + x] = Math.Abs(At(y, x + 1) - At(y, x - 1)) / 2;
                vertical[y * Side + x] = Math.Abs(At(y + 1, x) - At(y - 1, x)) / 2;
            }
        }

        double[] square = Array.ConvertAll(lightness, v => v * v);
        double[] mean = Windowed(lightness, GaussianWeight), meanSquare = Windowed(square, GaussianWeight);
        double[] deviation = mean.Zip(meanSquare, (m, s) => 2 * Math.Sqrt(Math.Max(s - m * m, 0) + 4e-4)).ToArray();
        return
        [
            Windowed(lightness, BoxWeight), Windowed(lab[1], BoxWeight), Windowed(lab[2], BoxWeight),
            Array.ConvertAll(Windowed(horizontal, GaussianWeight), v => 0.6 * v),
            Array.ConvertAll(Windowed(vertical, GaussianWeight), v => 0.6 * v),
            deviation,
        ];

        double At(int y, int x) => lightness[Math.Clamp(y, 0, Side - 1) * Side + Math.Clamp(x, 0, Side - 1)];

        double[] Windowed(double[] channel, Func<int, int, double> weight) =>
            WeightedMeans(channel, Side, FinestSide, weight, litRows, litColumns);
    }

    private static double[][] Coarser(double[][] finest, int side, bool[] litRows, bool[] litColumns)
    {
        if (side == FinestSide)
        {
            return finest;
        }

        bool[] rows = CellsLit(litRows), columns = CellsLit(litColumns);
        int cell = FinestSide / side;
        return Array.ConvertAll(
            finest, f => WeightedMeans(f, FinestSide, side, (c, p) => p / cell == c ? 1 : 0, rows, columns));

        static bool[] CellsLit(bool[] lit) => [.. lit.Chunk(Cell).Select(c => c.Any(l => l))];
    }

    private static double BoxWeight(int cell, int pixel) => pixel / Cell == cell ? 1 : 0;

    private static double GaussianWeight(int cell, int pixel)
    {
        double sum = 0;
        for (int centre = cell * Cell; centre < (cell + 1) * Cell; centre++)
        {
            if (Math.Abs(pixel - centre) <= 16)
            {
                sum += Math.Exp(-(pixel - centre) * (pixel - centre) / (2 * 4.0 * 4.0));
            }
        }

        return sum;
    }

    /// <summary>Mean over the lit pixels under the product of the weights of row and column; 0 where none is lit.</summary>
    private static double[] WeightedMeans(
        double[] channel, int pixels, int cells, Func<int, int, double> weight, bool[] litRows, bool[] litColumns)
    {
        var result = new double[cells * cells];
        var byColumn = new double[pixels * cells];
        for (int c = 0; c < cells; c++)
        {
            (int Pixel, double Share)[] shares = Shares(c, litColumns);
            for (int y = 0; y < pixels; y++)
            {
                byColumn[y * cells + c] = shares.Sum(s => s.Share * channel[y * pixels + s.Pixel]);
            }
        }

        for (int r = 0; r < cells; r++)
        {
            (int Pixel, double Share)[] shares = Shares(r, litRows);
            for (int c = 0; c < cells; c++)
            {
                result[r * cells + c] = shares.Sum(s => s.Share * byColumn[s.Pixel * cells + c]);
            }
        }

        return result;

        (int Pixel, double Share)[] Shares(int cell, bool[] lit)
        {
            int[] counted = [.. Enumerable.Range(0, pixels).Where(p => lit[p] && weight(cell, p) > 0)];
            double total = counted.Sum(p => weight(cell, p));
            return [.. counted.Select(p => (p, weight(cell, p) / total))];
        }
    }

    private static double[] Affinity(double[][] features, int side)
    {
        double scale = side switch { 16 => 1.2, 8 => 1.5, _ => 1 };
        int tokens = side * side;
        var attention = new double[tokens * tokens];
        Parallel.For(0, tokens, i =>
        {
            double sum = 0;
            for (int j = 0; j < tokens; j++)
            {
                double colour = 0;
                foreach (double[] feature in features)
                {
                    double difference = feature[i] - feature[j];
                    colour += difference * difference;
                }

                double dy = (i / side - j / side) / (double)side, dx = (i % side - j % side) / (double)side;
                double a = Math.Exp(-colour / (0.03 * scale) - (dy * dy + dx * dx) / (2 * 0.35 * 0.35));
                attention[i * tokens + j] = a;
                sum += a;
            }

            for (int j = 0; j < tokens; j++)
            {
                attention[i * tokens + j] /= sum;
            }
        });
        return attention;
    }
}
