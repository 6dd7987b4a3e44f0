namespace DiffSeg.Tests.Oracle;

/// <summary>The formulas of docs/algorithm.md, written down as they stand, in double precision. Slow and plain.</summary>
internal static class NaiveDiffSeg
{
    public static double[,] Aggregate(IReadOnlyList<(AttentionShape Shape, float[] Values)> tensors, double[]? weights = null)
    {
        var levels = tensors
            .GroupBy(t => (t.Shape.Height, t.Shape.Width))
            .OrderByDescending(g => g.Key.Height * g.Key.Width)
            .ToArray();
        (int height, int width) = levels[0].Key;
        int tokens = height * width;
        weights ??= [.. levels.Select(l => Math.Sqrt(l.Key.Height * l.Key.Width))];
        double[,] sum = new double[tokens, tokens];
        for (int level = 0; level < levels.Length; level++)
        {
            (int h, int w) = levels[level].Key;
            for (int query = 0; query < tokens; query++)
            {
                int coarse = (query / width * h / height * w) + (query % width * w / width);
                double[] mean = new double[h * w];
                foreach ((AttentionShape shape, float[] values) in levels[level])
                {
                    for (int head = 0; head < shape.Heads; head++)
                    {
                        for (int key = 0; key < h * w; key++)
                        {
                            mean[key] += values[(((head * h * w) + coarse) * h * w) + key] / (double)shape.Heads;
                        }
                    }
                }

                double[] upsampled = [.. Enumerable.Range(0, tokens).Select(key => Sample(
                    mean, h, w, (((key / width) + 0.5) * h / height) - 0.5, (((key % width) + 0.5) * w / width) - 0.5))];
                double total = upsampled.Sum();
                for (int key = 0; key < tokens; key++)
                {
                    sum[query, key] += weights[level] / weights.Sum() * upsampled[key] / total;
                }
            }
        }

        return sum;
    }

    public static double Sample(ReadOnlySpan<double> map, int height, int width, double y, double x)
    {
        y = Math.Clamp(y, 0, height - 1);
        x = Math.Clamp(x, 0, width - 1);
        int top = (int)y;
        int left = (int)x;
        int bottom = Math.Min(top + 1, height - 1);
        int right = Math.Min(left + 1, width - 1);
        double upper = (map[(top * width) + left] * (1 - (x - left))) + (map[(top * width) + right] * (x - left));
        double lower = (map[(bottom * width) + left] * (1 - (x - left))) + (map[(bottom * width) + right] * (x - left));
        return (upper * (1 - (y - top))) + (lower * (y - top));
    }

    public static double Distance(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += (x[i] - y[i]) * Math.Log(x[i] / y[i]);
        }

        return sum / 2;
    }

    /// <summary>The proposals, and the smallest difference between a distance and a threshold on the way.</summary>
    public static (List<double[]> Proposals, double Gap) Merge(double[][] maps, int[] anchors, float[] thresholds)
    {
        double gap = double.PositiveInfinity;
        bool Near(double[] x, double[] y, float threshold)
        {
            double distance = Distance(x, y);
            gap = Math.Min(gap, Math.Abs(distance - threshold));
            return distance < threshold;
        }

        List<double[]> proposals = [.. anchors.Select(a => Mean(maps.Where(m => Near(maps[a], m, thresholds[0]))))];
        foreach (float threshold in thresholds.Skip(1))
        {
            List<double[]> next = [];
            bool[] matched = new bool[proposals.Count];
            for (int i = 0; i < proposals.Count; i++)
            {
                if (matched[i])
                {
                    continue;
                }

                List<double[]> joined = [];
                for (int j = 0; j < proposals.Count; j++)
                {
                    if (Near(proposals[i], proposals[j], threshold))
                    {
                        joined.Add(proposals[j]);
                        matched[j] = true;
                    }
                }

                next.Add(Mean(joined));
            }

            proposals = next;
        }

        return (proposals, gap);
    }

    /// <summary>Per pixel the winning proposal, and how far it is ahead of the next, relatively.</summary>
    public static (int Label, double Lead)[] Label(List<double[]> proposals, int height, int width, MaskGrid grid)
    {
        (int, double)[] labels = new (int, double)[grid.OutputHeight * grid.OutputWidth];
        for (int i = 0; i < labels.Length; i++)
        {
            double y = grid.Top + (((i / grid.OutputWidth) + 0.5) * grid.SpanHeight / grid.OutputHeight) - 0.5;
            double x = grid.Left + (((i % grid.OutputWidth) + 0.5) * grid.SpanWidth / grid.OutputWidth) - 0.5;
            var ranked = proposals.Index().Select(p => (p.Index, Value: Sample(p.Item, height, width, y, x)))
                .OrderByDescending(p => p.Value).ToArray();
            labels[i] = (ranked[0].Index, ranked.Length == 1 ? 1 : 1 - (ranked[1].Value / ranked[0].Value));
        }

        return labels;
    }

    private static double[] Mean(IEnumerable<double[]> maps)
    {
        double[][] all = [.. maps];
        return [.. Enumerable.Range(0, all[0].Length).Select(i => all.Average(m => m[i]))];
    }
}
