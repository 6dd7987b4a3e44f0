namespace DiffSeg.Tests.Masks;

/// <summary>Random proposals that make a non-maximum suppression err: near and exact ties, NaN, values of any size.</summary>
internal static class ProposalMaps
{
    public static ProposalSet Create(int seed, int count, int height, int width)
    {
        Random random = new(seed);
        int tokens = height * width;
        float[] values = new float[count * tokens];
        for (int k = 0; k < count; k++)
        {
            Span<float> map = values.AsSpan(k * tokens, tokens);
            switch (random.Next(k == 0 ? 3 : 8))
            {
                case 0: // Noise.
                    Fill(map, _ => random.NextSingle());
                    break;
                case 1 or 2: // A blob, as attention is; now and then so weak that products leave the normal numbers.
                    (int cy, int cx) = (random.Next(height), random.Next(width));
                    float scale = random.Next(5) == 0 ? 1e-38f : 1;
                    double spread = 1 + (random.NextDouble() * tokens);
                    Fill(map, i => scale * (float)Math.Exp(-(Square((i / width) - cy) + Square((i % width) - cx)) / spread));
                    break;
                case 3: // One of the others again.
                    values.AsSpan(random.Next(k) * tokens, tokens).CopyTo(map);
                    break;
                case 4: // One of the others, a unit in the last place away here and there.
                    values.AsSpan(random.Next(k) * tokens, tokens).CopyTo(map);
                    for (int i = 0; i < tokens; i++)
                    {
                        map[i] = random.Next(3) switch { 0 => MathF.BitIncrement(map[i]), 1 => MathF.BitDecrement(map[i]), _ => map[i] };
                    }

                    break;
                case 5: // One of the others, within a little of the margin of rounding everywhere.
                    values.AsSpan(random.Next(k) * tokens, tokens).CopyTo(map);
                    float factor = 1 + ((random.NextSingle() - 0.5f) * 1e-5f);
                    foreach (ref float value in map)
                    {
                        value *= factor;
                    }

                    break;
                case 6: // A proposal that nothing matched, or one that no attention gives.
                    map.Fill(float.NaN);
                    if (random.Next(3) == 0)
                    {
                        map[random.Next(tokens)] = random.NextSingle() - 0.5f;
                    }

                    break;
                default: // A plateau.
                    map.Fill(random.Next(3) / 2f);
                    break;
            }
        }

        return new ProposalSet(values, count, height, width);
    }

    private static void Fill(Span<float> map, Func<int, float> value)
    {
        for (int i = 0; i < map.Length; i++)
        {
            map[i] = value(i);
        }
    }

    private static double Square(double value) => value * value;
}
