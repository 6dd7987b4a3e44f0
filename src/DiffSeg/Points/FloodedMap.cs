namespace DiffSeg.Points;

/// <summary>
/// A map flooded from one token: each token's value becomes the least one that a path of neighbours to it must put up with.
/// So the tokens below any level are one connected patch around the beginning.
/// </summary>
internal sealed class FloodedMap
{
    private FloodedMap(float[] values, int[] order) => (Values, Order) = (values, order);

    /// <summary>The level at which each token is reached, row-major; at least the map's own value.</summary>
    public float[] Values { get; }

    /// <summary>The tokens in the order in which the flood reaches them: levels never fall.</summary>
    public int[] Order { get; }

    /// <summary>Floods a map.</summary>
    /// <param name="map">Values, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="token">Where the flood begins.</param>
    /// <returns>The flooded map.</returns>
    public static FloodedMap Create(ReadOnlySpan<float> map, int height, int width, int token)
    {
        float[] values = new float[map.Length];
        int[] order = new int[map.Length];
        bool[] seen = new bool[map.Length];
        PriorityQueue<int, (float Level, int Token)> shore = new();
        Meet(map, token, map[token]);
        for (int count = 0; shore.TryDequeue(out int next, out (float Level, int Token) reached); count++)
        {
            (values[next], order[count]) = (reached.Level, next);
            (int y, int x) = (next / width, next % width);
            if (y > 0)
            {
                Meet(map, next - width, reached.Level);
            }

            if (y < height - 1)
            {
                Meet(map, next + width, reached.Level);
            }

            if (x > 0)
            {
                Meet(map, next - 1, reached.Level);
            }

            if (x < width - 1)
            {
                Meet(map, next + 1, reached.Level);
            }
        }

        return new FloodedMap(values, order);

        // Of tokens at one level the first is taken, so that the order is that of the map alone.
        void Meet(ReadOnlySpan<float> map, int neighbour, float level)
        {
            if (!seen[neighbour])
            {
                seen[neighbour] = true;
                shore.Enqueue(neighbour, (Math.Max(level, map[neighbour]), neighbour));
            }
        }
    }
}
