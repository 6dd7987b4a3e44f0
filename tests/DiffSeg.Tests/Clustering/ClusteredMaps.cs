namespace DiffSeg.Tests.Clustering;

/// <summary>Random maps to cluster, and such as tempt bounds to err.</summary>
internal static class ClusteredMaps
{
    // Kind 0: noise; 1: groups of alike maps; 2: exact and near ties; 3: values from tiny to large.
    public static MapRows Create(int seed, int height, int width, int kind)
    {
        Random random = new(seed);
        int tokens = height * width;
        float[] values = new float[tokens * tokens];
        for (int i = 0; i < tokens; i++)
        {
            Span<float> map = values.AsSpan(i * tokens, tokens);
            int group = kind == 0 ? i : random.Next(6);
            Random shape = new(group + (1000 * seed));
            for (int j = 0; j < tokens; j++)
            {
                float value = shape.NextSingle();
                map[j] = kind switch
                {
                    1 => value + (0.2f * random.NextSingle()),
                    2 => MathF.Round(3 * value) / 4 * (random.Next(400) == 0 ? 1 + 1e-7f : 1),
                    3 => MathF.ScaleB(value, -random.Next(60)),
                    _ => value,
                };
            }
        }

        return new MapRows(values, tokens, height, width, 1);
    }

    /// <summary>Centres that are maps, now and then the same one twice, or a mean of two.</summary>
    public static float[] Start(int seed, MapRows maps, int count)
    {
        Random random = new(seed);
        float[] centres = new float[count * maps.Tokens];
        for (int c = 0; c < count; c++)
        {
            ReadOnlySpan<float> one = maps.Row(random.Next(maps.Count));
            ReadOnlySpan<float> other = random.Next(3) == 0 ? maps.Row(random.Next(maps.Count)) : one;
            bool again = c > 0 && random.Next(4) == 0;
            for (int j = 0; j < maps.Tokens; j++)
            {
                centres[(c * maps.Tokens) + j] = again
                    ? centres[((c - 1) * maps.Tokens) + j]
                    : (one[j] + other[j]) / 2;
            }
        }

        return centres;
    }
}
