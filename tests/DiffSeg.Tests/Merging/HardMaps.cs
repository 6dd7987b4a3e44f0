namespace DiffSeg.Tests.Merging;

/// <summary>Random maps that make bounds of distances err.</summary>
internal static class HardMaps
{
    /// <summary>Ways to make a map.</summary>
    private static readonly Func<Random, int, int, float[]>[] Ways =
    [
        // Smooth hills: the bounds are tight.
        (random, height, width) => Hills(random, height, width, roughness: 0),
        (random, height, width) => Hills(random, height, width, roughness: 1),

        // Nothing but noise, of up to 30 orders of magnitude.
        (random, height, width) => Normal(height * width, _ => Math.Exp(-70 * random.NextDouble())),

        // The same mass in each cell of 4 x 4 tokens, every map with other tokens: no coarse level can tell them apart.
        (random, height, width) =>
        {
            int offset = random.Next(16);
            return Normal(height * width, i => ((i / width % 4 * 4) + (i % width % 4)) == offset ? 1 : 1e-3);
        },

        // The same mass in each cell of 2 x 2 tokens, and other tokens in some units of 8 x 8 only: cells see nothing, and most
        // of the distance may hide in the unit that is looked at last.
        (random, height, width) =>
        {
            HashSet<int> rough = [.. Enumerable.Range(0, 3).Select(_ => random.Next(64))];
            double peak = 3 * random.NextDouble();
            int turn = random.Next(4);
            return Normal(height * width, i => !rough.Contains((i / width / 8 * 8) + (i % width / 8)) ? 1
                : ((i / width % 2 * 2) + (i % width % 2)) == turn ? 1 + peak : 1 - (peak / 3.01));
        },

        // A few tokens hold all, the rest exact zeros.
        (random, height, width) =>
        {
            HashSet<int> lit = [.. Enumerable.Range(0, 3).Select(_ => random.Next(height * width / 8))];
            return Normal(height * width, i => lit.Contains(i) ? 1 : 0);
        },

        // One map and the slightest changes to it.
        (random, height, width) => Hills(new Random(5), height, width, 0.5, random),

        // Two halves that share their light out differently, zeros between.
        (random, height, width) =>
        {
            double share = random.NextDouble();
            return Normal(height * width, i => i % width < width / 3 ? share : i % width > width / 2 ? 1 - share : 0);
        },
    ];

    /// <summary>The number of kinds of maps.</summary>
    public static int Kinds => Ways.Length;

    /// <summary>Maps of one kind.</summary>
    public static MapRows Create(Random random, int kind, int count, int height, int width)
    {
        float[] values = [.. Enumerable.Range(0, count).SelectMany(_ => Ways[kind](random, height, width))];
        return new MapRows(values, count, height, width, Mass(values, height * width));
    }

    /// <summary>A hill somewhere, with some noise.</summary>
    public static float[] Hills(Random random, int height, int width, double roughness, Random? changes = null)
    {
        double y = random.NextDouble() * height;
        double x = random.NextDouble() * width;
        double spread = (0.05 + (0.2 * random.NextDouble())) * height * width;
        return Normal(height * width, i =>
        {
            double dy = (i / width) - y;
            double dx = (i % width) - x;
            double change = changes is null ? 1 : 1 + (1e-3 * changes.NextDouble());
            return (Math.Exp(-((dy * dy) + (dx * dx)) / spread) + 0.02)
                * Math.Exp(roughness * random.NextDouble()) * change;
        });
    }

    private static float[] Normal(int count, Func<int, double> value)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(value)];
        double sum = values.Sum();
        return [.. values.Select(v => (float)(v / sum))];
    }

    private static double Mass(float[] values, int tokens) =>
        values.Chunk(tokens).Max(map => map.Sum(v => (double)v));
}
