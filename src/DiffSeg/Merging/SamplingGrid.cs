namespace DiffSeg;

/// <summary>The grid of anchor tokens that the merging starts from (Tian et al., CVPR 2024, section 3.3).</summary>
public static class SamplingGrid
{
    /// <summary>The anchors of a map, row-major over the grid.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="perSide">Anchors per side; on a shorter axis, at most one per token.</param>
    /// <returns>Token indices, row-major over the map.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side of the map is below 1, or <paramref name="perSide"/> below 2.</exception>
    /// <exception cref="ArgumentException"><paramref name="perSide"/> is above the longer side.</exception>
    public static int[] Anchors(int height, int width, int perSide)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(perSide, 2);
        if (perSide > Math.Max(height, width))
        {
            throw new ArgumentException(
                $"AnchorsPerSide is {perSide}, but the attention map has only {height}x{width} tokens; "
                + $"it must be from 2 to {Math.Max(height, width)}.",
                nameof(DiffSegOptions.AnchorsPerSide));
        }

        int[] rows = Axis(height, Math.Min(perSide, height));
        int[] columns = Axis(width, Math.Min(perSide, width));
        return [.. rows.SelectMany(y => columns.Select(x => (y * width) + x))];
    }

    // Whole steps between anchors, and what the steps leave over split between both ends.
    private static int[] Axis(int tokens, int anchors)
    {
        int step = anchors == 1 ? 0 : (tokens - 1) / (anchors - 1);
        int start = (tokens - 1 - (step * (anchors - 1))) / 2;
        return [.. Enumerable.Range(0, anchors).Select(i => start + (i * step))];
    }
}
