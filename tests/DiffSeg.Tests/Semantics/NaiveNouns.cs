using DiffSeg.Semantics;

namespace DiffSeg.Tests.Semantics;

/// <summary>Maps and votes straight from the definition, in double precision: every token upsampled, then divided by the sum.</summary>
internal static class NaiveNouns
{
    public static double[] Map(
        float[][] tensors, CrossAttentionShape[] shapes, IReadOnlyList<int> tokens, MaskGrid grid)
    {
        (int Height, int Width)[] levels = [.. shapes.Select(s => (s.Height, s.Width)).Distinct()];
        (int Height, int Width) finest = levels.MaxBy(l => l.Height * l.Width);
        double weights = levels.Sum(l => Math.Sqrt(l.Height * l.Width));
        double[] map = new double[grid.OutputHeight * grid.OutputWidth];
        for (int pixel = 0; pixel < map.Length; pixel++)
        {
            double y = grid.Top + ((pixel / grid.OutputWidth) + 0.5) * grid.SpanHeight / grid.OutputHeight;
            double x = grid.Left + ((pixel % grid.OutputWidth) + 0.5) * grid.SpanWidth / grid.OutputWidth;
            foreach ((int height, int width) in levels)
            {
                double[] text = new double[shapes[0].TextTokens];
                for (int i = 0; i < shapes.Length; i++)
                {
                    for (int token = 0; token < text.Length && (shapes[i].Height, shapes[i].Width) == (height, width); token++)
                    {
                        text[token] += Value(
                            tensors[i], shapes[i], token, (y * height / finest.Height) - 0.5, (x * width / finest.Width) - 0.5);
                    }
                }

                map[pixel] += Math.Sqrt(height * width) / weights * tokens.Average(t => text[t]) / text.Sum();
            }
        }

        return map;
    }

    public static int[] Choose(double[][] maps, int[] mask, int[] labels, NounVoting voting)
    {
        double[] norms = [.. maps.Select(map => Math.Sqrt(map.Sum(v => v * v)))];
        return [.. labels.Select(label =>
        {
            int[] pixels = [.. Enumerable.Range(0, mask.Length).Where(i => mask[i] == label)];
            if (voting == NounVoting.Mean)
            {
                return Enumerable.Range(0, maps.Length).MaxBy(n => pixels.Average(i => maps[n][i] / norms[n]));
            }

            int[] votes = [.. pixels.Select(i => Enumerable.Range(0, maps.Length).MaxBy(n => maps[n][i] / norms[n])).Order()];
            return (int)((votes[(votes.Length - 1) / 2] + votes[votes.Length / 2]) / 2.0);
        })];
    }

    private static double Value(float[] tensor, CrossAttentionShape shape, int token, double y, double x)
    {
        y = Math.Clamp(y, 0, shape.Height - 1);
        x = Math.Clamp(x, 0, shape.Width - 1);
        (int top, int left) = ((int)y, (int)x);
        double sum = 0;
        foreach ((int row, double vertical) in new[] { (top, 1 - (y - top)), (Math.Min(top + 1, shape.Height - 1), y - top) })
        {
            foreach ((int column, double horizontal) in new[] { (left, 1 - (x - left)), (Math.Min(left + 1, shape.Width - 1), x - left) })
            {
                for (int head = 0; head < shape.Heads; head++)
                {
                    int place = (((head * shape.Height) + row) * shape.Width) + column;
                    sum += vertical * horizontal * tensor[(place * shape.TextTokens) + token] / shape.Heads;
                }
            }
        }

        return sum;
    }
}
