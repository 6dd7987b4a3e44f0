using System.Text.Json;

namespace DiffSeg.Tests.Goldens;

/// <summary>Attention by integer arithmetic, as the goldens' README defines it: exact in any language.</summary>
internal sealed class GoldenFormula
{
    private readonly long _side;
    private readonly int _objects;
    private readonly uint _seed;
    private readonly int _same;
    private readonly int[] _sizes;
    private readonly (long Y, long X, long Weight)[] _centres;

    public GoldenFormula(JsonElement formula)
    {
        _side = formula.GetProperty("R").GetInt32();
        _objects = formula.GetProperty("objects").GetInt32();
        _seed = formula.GetProperty("seed").GetUInt32();
        _same = formula.GetProperty("same").GetInt32();
        _sizes = [.. formula.GetProperty("sizes").EnumerateArray().Select(s => s.GetInt32())];
        _centres = [.. Enumerable.Range(0, _objects).Select(k => (
            Hash((131 * _seed) + (3 * (uint)k)) % (2 * _side),
            Hash((131 * _seed) + (3 * (uint)k) + 1) % (2 * _side),
            Hash((131 * _seed) + (3 * (uint)k) + 2) % (_side * _side / 16)))];
    }

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
        float[] attention = new float[tokens * tokens];
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
