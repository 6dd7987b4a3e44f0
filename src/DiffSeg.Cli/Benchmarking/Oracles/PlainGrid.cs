namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>The sampling grid as published, on maps that need not be square.</summary>
internal static class PlainGrid
{
    /// <summary>The anchors' tokens, row-major over the grid.</summary>
    public static int[] Anchors(int height, int width, int perSide)
    {
        int[] columns = Axis(width, perSide);
        return [.. Axis(height, perSide).SelectMany(y => columns.Select(x => (y * width) + x))];
    }

    private static int[] Axis(int tokens, int perSide)
    {
        int anchors = Math.Min(perSide, tokens);
        int step = anchors == 1 ? 0 : (tokens - 1) / (anchors - 1);
        int start = (tokens - 1 - (step * (anchors - 1))) / 2;
        return [.. Enumerable.Range(0, anchors).Select(i => start + (i * step))];
    }
}
