namespace DiffSeg;

/// <summary>Checks what the first iteration of the merging gave elsewhere, such as in an attention model's graph.</summary>
internal static class MergedMaps
{
    /// <summary>Takes the maps over.</summary>
    /// <param name="merged">The maps [K, N]; one whose first value is NaN matched nothing.</param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map.</param>
    /// <param name="destination">At least as long as the values.</param>
    /// <returns>The maps, in the destination.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of maps.</exception>
    /// <exception cref="AttentionException">A map that holds a bad value, or nothing but 0.</exception>
    public static MapRows Check(ReadOnlySpan<float> merged, int height, int width, float[] destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        long tokens = (long)height * width;
        if (merged.Length == 0 || merged.Length % tokens != 0)
        {
            throw new ArgumentException(
                $"There are {merged.Length} values, no whole number of merged maps of {height}x{width} tokens.",
                nameof(merged));
        }

        merged.CopyTo(destination);
        MapRows maps = new(destination, (int)(merged.Length / tokens), height, width, Mass: 0);
        float mass = 0;
        for (int i = 0; i < maps.Count; i++)
        {
            ReadOnlySpan<float> map = maps.Row(i);
            if (!float.IsNaN(map[0]))
            {
                float sum = RowSum.Of(map, out bool negative);
                if (negative || !(sum > 0 && float.IsFinite(sum)))
                {
                    throw Bad(map, i);
                }

                mass = Math.Max(mass, sum);
            }
        }

        return maps with { Mass = mass };
    }

    private static AttentionException Bad(ReadOnlySpan<float> map, int index)
    {
        int token = RowCheck.FirstInvalid(map);
        return new AttentionException(
            token < 0
                ? $"Merged map {index} is 0 everywhere; a map that matched nothing must be NaN."
                : $"Merged map {index} holds {map[token]} at token {token}; maps must be finite and not negative, or NaN "
                    + "throughout where nothing matched. Check the model's output.");
    }
}
