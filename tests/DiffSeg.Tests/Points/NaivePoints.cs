namespace DiffSeg.Tests.Points;

/// <summary>The segment under points as plainly as it can be written, in double precision: the specification of the fast one.</summary>
internal static class NaivePoints
{
    private const double Far = 4;
    private const double Most = 2;

    /// <summary>Factors of the rows and columns, after as many passes as given.</summary>
    public static (double[] Rows, double[] Columns) Balance(AggregatedAttention attention, int passes)
    {
        int n = attention.Tokens;
        double[] rows = new double[n];
        double[] columns = [.. Enumerable.Repeat(1.0, n)];
        for (int pass = 0; pass < passes; pass++)
        {
            for (int i = 0; i < n; i++)
            {
                rows[i] = 1 / Enumerable.Range(0, n).Sum(j => attention.Map(i)[j] * columns[j]);
            }

            for (int j = 0; j < n; j++)
            {
                columns[j] = 1 / Enumerable.Range(0, n).Sum(i => rows[i] * attention.Map(i)[j]);
            }
        }

        return (rows, columns);
    }

    /// <summary>Steps to each token.</summary>
    public static double[] Steps(AggregatedAttention attention, (double[] Rows, double[] Columns) balance, int token, double share, int most)
    {
        int n = attention.Tokens;
        double[] steps = [.. Enumerable.Repeat((double)most, n)];
        bool[] reached = new bool[n];
        (steps[token], reached[token]) = (0, true);
        double[] now = new double[n];
        now[token] = 1;
        for (int step = 1; step <= most; step++)
        {
            double[] before = now;
            now = new double[n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    now[j] += before[i] * balance.Rows[i] * attention.Map(i)[j] * balance.Columns[j];
                }
            }

            double largest = now.Max();
            now = [.. now.Select(p => p / largest)];
            for (int i = 0; i < n; i++)
            {
                if (!reached[i] && now[i] > share)
                {
                    reached[i] = true;
                    steps[i] = step == 1
                        ? (1 - now[i]) / (1 - share)
                        : step - 1 + ((share - before[i]) / (now[i] - before[i]));
                }
            }
        }

        return steps;
    }

    /// <summary>The least that a path must put up with, by trying again and again until nothing changes.</summary>
    public static double[] Flood(double[] map, int height, int width, int token)
    {
        double[] level = [.. Enumerable.Repeat(double.PositiveInfinity, map.Length)];
        level[token] = map[token];
        bool changed = true;
        while (changed)
        {
            changed = false;
            for (int i = 0; i < map.Length; i++)
            {
                double least = Neighbours(i, height, width).Min(k => Math.Max(level[k], map[i]));
                if (least < level[i])
                {
                    (level[i], changed) = (least, true);
                }
            }
        }

        return level;
    }

    /// <summary>The level of the clearest outline, every candidate measured from nothing.</summary>
    public static double Limit(double[] flood, double[] map, int height, int width, IReadOnlyCollection<int> others)
    {
        double[] levels = [.. flood.Distinct().Order()];
        double below = others.Count == 0 ? double.PositiveInfinity : others.Min(k => flood[k]);
        (double best, double limit) = (-1, Math.Max(levels[^1], 1e-6));
        for (int k = 0; k + 1 < levels.Length && levels[k] < below; k++)
        {
            bool[] inside = [.. flood.Select(level => level <= levels[k])];
            double[] contrasts = [.. from i in Enumerable.Range(0, map.Length)
                                     where inside[i]
                                     from n in Neighbours(i, height, width)
                                     where !inside[n]
                                     select Math.Min(map[n], Far) - Math.Min(map[i], Far)];
            double share = inside.Count(i => i) / (double)map.Length;
            double score = contrasts.Average() * Math.Pow(share, 0.2) * (1 - share) * (1 - share);
            if (score > best)
            {
                (best, limit) = (score, (levels[k] + levels[k + 1]) / 2);
            }
        }

        return limit;
    }

    /// <summary>How far a pixel is from a point whose steps and limit are given.</summary>
    public static double Distance(double[] steps, double limit, int height, int width, MaskGrid grid, PointPrompt point, int x, int y)
    {
        (double row, double column) = Spot(grid, height, width, x, y);
        double sum = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            double weight = Math.Max(0, 1 - Math.Abs((i / width) - row)) * Math.Max(0, 1 - Math.Abs((i % width) - column));
            sum += weight * Math.Min(Most, steps[i] / limit);
        }

        return Token(grid, height, width, x, y) == Token(grid, height, width, point.X, point.Y) ? Math.Min(sum, 1) : sum;
    }

    /// <summary>The token nearest to a pixel.</summary>
    public static int Token(MaskGrid grid, int height, int width, int x, int y)
    {
        (double row, double column) = Spot(grid, height, width, x, y);
        return ((int)Math.Floor(row + 0.5) * width) + (int)Math.Floor(column + 0.5);
    }

    private static (double Row, double Column) Spot(MaskGrid grid, int height, int width, int x, int y) => (
        Math.Clamp(grid.Top + ((y + 0.5) * grid.SpanHeight / grid.OutputHeight) - 0.5, 0, height - 1),
        Math.Clamp(grid.Left + ((x + 0.5) * grid.SpanWidth / grid.OutputWidth) - 0.5, 0, width - 1));

    private static IEnumerable<int> Neighbours(int i, int height, int width)
    {
        (int y, int x) = (i / width, i % width);
        if (y > 0)
        {
            yield return i - width;
        }

        if (y < height - 1)
        {
            yield return i + width;
        }

        if (x > 0)
        {
            yield return i - 1;
        }

        if (x < width - 1)
        {
            yield return i + 1;
        }
    }
}
