namespace DiffSeg;

/// <summary>Clean-up of a mask: small components go to their neighbours, and regions may become segments.</summary>
internal static class RegionCleanUp
{
    /// <summary>
    /// Gives every pixel of a component smaller than a share of the image to the nearest larger component. When all are
    /// smaller, nothing changes.
    /// </summary>
    /// <param name="components">The components; their map is overwritten.</param>
    /// <param name="minShare">The share, 0 to 1.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public static void RemoveSmall(
        ConnectedComponents components,
        double minShare,
        int height,
        int width,
        int degree,
        CancellationToken cancellationToken)
    {
        double minArea = minShare * components.Map.Length;
        bool[] kept = [.. components.Areas.Select(area => area >= minArea)];
        if (kept.Contains(true) && kept.Contains(false))
        {
            new NearestKept(components.Map, kept, height, width).Fill(degree, cancellationToken);
        }
    }
}
