namespace DiffSeg.Points;

/// <summary>
/// Chooses the level of a flooded Markov map at which the patch around the point has the clearest outline.
/// </summary>
/// <remarks>
/// The flood adds token after token, and each stage with a step up behind it is a candidate. Its outline is the pairs of
/// neighbours of which one is inside; its contrast the mean difference of their steps, where steps beyond
/// <see cref="Far"/> all count as that: far is far. The best is the largest contrast x share^a x (1 - share)^b with the
/// patch's share of the map: of two outlines as clear, a speck loses and nearly everything does.
/// </remarks>
internal static class ClearestOutline
{
    private const float Far = 4;
    private const float Least = 1e-6f;
    private const double AgainstSpecks = 0.2;
    private const double AgainstEverything = 2;

    /// <summary>Chooses the level.</summary>
    /// <param name="flood">The map, flooded from the point's token.</param>
    /// <param name="map">The map itself.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="others">Tokens that must stay outside, unless the first one is among them.</param>
    /// <returns>Tokens up to this level are inside; above 0.</returns>
    public static float Choose(FloodedMap flood, ReadOnlySpan<float> map, int height, int width, IReadOnlySet<int> others)
    {
        bool[] inside = new bool[map.Length];
        (double contrasts, int pairs) = (0, 0);
        (double best, float level) = (-1, Everything(flood, others));
        for (int i = 0; i + 1 < map.Length && (i == 0 || !others.Contains(flood.Order[i])); i++)
        {
            int token = flood.Order[i];
            inside[token] = true;
            (int y, int x) = (token / width, token % width);
            Cross(y > 0 ? token - width : -1, map);
            Cross(y < height - 1 ? token + width : -1, map);
            Cross(x > 0 ? token - 1 : -1, map);
            Cross(x < width - 1 ? token + 1 : -1, map);
            (float here, float next) = (flood.Values[token], flood.Values[flood.Order[i + 1]]);
            if (next > here)
            {
                double share = (i + 1.0) / map.Length;
                double score = contrasts / pairs * Math.Pow(share, AgainstSpecks) * Math.Pow(1 - share, AgainstEverything);
                if (score > best)
                {
                    (best, level) = (score, here + ((next - here) / 2));
                }
            }

            void Cross(int neighbour, ReadOnlySpan<float> map)
            {
                if (neighbour < 0)
                {
                    return;
                }

                // The outline leaves a neighbour that was inside before, and goes around one that is not.
                int side = inside[neighbour] ? -1 : 1;
                contrasts += Math.Min(map[neighbour], Far) - Math.Min(map[token], Far);
                pairs += side;
            }
        }

        return level;
    }

    // Where there is no step up: all of the map, or what lies below the first token that must stay outside.
    private static float Everything(FloodedMap flood, IReadOnlySet<int> others)
    {
        foreach (int token in flood.Order.AsSpan(1))
        {
            if (others.Contains(token))
            {
                return Math.Max(float.BitDecrement(flood.Values[token]), Least);
            }
        }

        return Math.Max(flood.Values[flood.Order[^1]], Least);
    }
}
