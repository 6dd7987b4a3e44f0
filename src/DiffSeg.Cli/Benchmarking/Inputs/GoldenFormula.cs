namespace DiffSeg.Cli.Benchmarking.Inputs;

/// <summary>
/// Attention of a picture of a few objects by integer arithmetic: the same bits in any language, so that results can be
/// compared across programs. The formula is that of the recorded cases that the tests compare with.
/// </summary>
internal sealed class GoldenFormula
{
    private readonly long _side;
    private readonly int _objects;
    private readonly uint _seed;
    private readonly int _same;
    private readonly IReadOnlyList<int> _sizes;
    private readonly (long Y, long X, long Weight)[] _centres;

    /// <summary>Chooses the picture.</summary>
    /// <param name="side">Side of the finest map.</param>
    /// <param name="objects">Objects in the picture.</param>
    /// <param name="seed">Makes one picture different from another.</param>
    /// <param name="same">How much more a token attends to its own object: 5000 makes clear objects.</param>
    /// <param name="sizes">Sides of the levels, finest first; each divides <paramref name="side"/>.</param>
    public GoldenFormula(int side, int objects, uint seed, int same, IReadOnlyList<int> sizes)
    {
        (_side, _objects, _seed, _same, _sizes) = (side, objects, seed, same, sizes);
        _centres = [.. Enumerable.Range(0, objects).Select(k => (
            Hash((131 * seed) + (3 * (uint)k)) % (2 * _side),
            Hash((131 * seed) + (3 * (uint)k) + 1) % (2 * _side),
            Hash((131 * seed) + (3 * (uint)k) + 2) % (_side * _side / 16)))];
    }

    /// <summary>The attention of one level, one head.</summary>
    /// <param name="level">Which of the sizes.</param>
    /// <returns>Values [N, N], N the square of the level's side; rows sum to 1.</returns>
    public float[] Level(int level)
    {
        int size = _sizes[level];
        int tokens = size * size;
        int step = (int)_side / size;
        (int Y, int X)[] positions = [.. Enumerable.Range(0, tokens)
            .Select(q => (((2 * (q / size)) + 1) * step, ((2 * (q % size)) + 1) * step))];
        int[] labels = [.. positions.Select(Label)];
        long[] population = [.. Enumerable.Range(0, tokens)
            .Select(k => 192 + (Hash((7919 * _seed) + (1000003 * (uint)level) + (uint)k) % 128))];
        long[,] affinity = Affinities();
        float[] attention = new float[(long)tokens * tokens];
        Parallel.For(0, tokens, q =>
        {
            long[] weights = new long[tokens];
            long sum = 0;
            for (int k = 0; k < tokens; k++)
            {
                uint noiseIndex = (104729 * _seed) + (15485863 * (uint)level) + ((uint)q * (uint)tokens) + (uint)k;
                long noise = 224 + (Hash(noiseIndex) % 64);
                long dy = positions[q].Y - positions[k].Y;
                long dx = positions[q].X - positions[k].X;
                long near = 600 * _side * _side / ((_side * _side) + (6 * ((dy * dy) + (dx * dx))));
                weights[k] = (40 + affinity[labels[q], labels[k]] + near) * population[k] * noise >> 8;
                sum += weights[k];
            }

            for (int k = 0; k < tokens; k++)
            {
                attention[(q * tokens) + k] = (float)((double)weights[k] / sum);
            }
        });
        return attention;
    }

    private static uint Hash(uint a)
    {
        a ^= a >> 16;
        a *= 0x7feb352d;
        a ^= a >> 15;
        a *= 0x846ca68b;
        return a ^ (a >> 16);
    }

    private int Label((int Y, int X) position)
    {
        int best = 0;
        long nearest = long.MaxValue;
        for (int k = 0; k < _objects; k++)
        {
            long dy = position.Y - _centres[k].Y;
            long dx = position.X - _centres[k].X;
            long distance = (dy * dy) + (dx * dx) - _centres[k].Weight;
            if (distance < nearest)
            {
                (best, nearest) = (k, distance);
            }
        }

        return best;
    }

    private long[,] Affinities()
    {
        long[,] affinity = new long[_objects, _objects];
        for (int a = 0; a < _objects; a++)
        {
            for (int b = 0; b < _objects; b++)
            {
                uint pair = (64 * (uint)Math.Min(a, b)) + (uint)Math.Max(a, b);
                affinity[a, b] = a == b ? _same : 20 + (Hash((977 * _seed) + pair) % 120);
            }
        }

        return affinity;
    }
}
