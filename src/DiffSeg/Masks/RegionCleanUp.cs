namespace DiffSeg;

/// <summary>Clean-up of a mask: small components go to their neighbours.</summary>
internal sealed class RegionCleanUp
{
    private readonly NearestKept _nearest = new();
    private KeptBuffer<bool> _kept;
    private KeptBuffer<int> _map;

    /// <summary>
    /// Gives every pixel of a component smaller than a share of the image to the nearest larger component. When all are
    /// smaller, nothing changes.
    /// </summary>
    /// <param name="runs">The mask as runs of components; found anew where a pixel changes.</param>
    /// <param name="areas">Pixels of each component.</param>
    /// <param name="minShare">The share, 0 to 1.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void RemoveSmall(
        MaskRuns runs, ReadOnlySpan<int> areas, double minShare, int degree, CancellationToken cancellationToken)
    {
        int pixels = runs.Height * runs.Width;
        double minArea = minShare * pixels;
        Span<bool> kept = _kept.Take(areas.Length);
        for (int i = 0; i < areas.Length; i++)
        {
            kept[i] = areas[i] >= minArea;
        }

        if (kept.Contains(true) && kept.Contains(false))
        {
            Span<int> map = _map.Take(pixels);
            runs.Paint(map);
            _nearest.Fill(runs, _map.Array, _kept.Array, degree, cancellationToken);
            runs.Find<int>(map, runs.Height, runs.Width);
        }
    }
}
