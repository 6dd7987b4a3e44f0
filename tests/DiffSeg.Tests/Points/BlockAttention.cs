namespace DiffSeg.Tests.Points;

/// <summary>Attention of a drawn map of things: strong among tokens of one thing, weak between things, fading with distance.</summary>
internal static class BlockAttention
{
    /// <summary>The aggregated attention of a drawing.</summary>
    /// <param name="drawing">Rows of one character per token; a character is a thing.</param>
    /// <param name="between">Attention between things, where that within one is 1.</param>
    public static AggregatedAttention Of(string[] drawing, double between = 0.01)
    {
        (int height, int width) = (drawing.Length, drawing[0].Length);
        string things = string.Concat(drawing);
        float[] values = new float[things.Length * things.Length];
        for (int i = 0; i < things.Length; i++)
        {
            double[] row = [.. Enumerable.Range(0, things.Length).Select(j =>
                (things[i] == things[j] ? 1 : between) * Math.Exp(-Squared(i, j, width) / 40.0))];
            double sum = row.Sum();
            for (int j = 0; j < row.Length; j++)
            {
                values[(i * things.Length) + j] = (float)(row[j] / sum);
            }
        }

        return AggregatedAttention.FromTensors([(new AttentionShape(1, height, width), values)]);
    }

    private static double Squared(int i, int j, int width)
    {
        (int dy, int dx) = ((i / width) - (j / width), (i % width) - (j % width));
        return (dy * dy) + (dx * dx);
    }
}
