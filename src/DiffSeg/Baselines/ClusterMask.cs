namespace DiffSeg.Baselines;

/// <summary>From clusters to masks, with the clean-up and numbering of DiffSeg's own. For one thread at a time.</summary>
internal sealed class ClusterMask
{
    private readonly NonMaximumSuppression _suppression = new();
    private readonly MaskBuilder _builder = new();

    /// <summary>Gives each pixel to the cluster whose upsampled map is highest there.</summary>
    /// <param name="maps">A map of each cluster.</param>
    /// <param name="grid">The mask.</param>
    /// <param name="options">Clean-up, numbering and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask.</returns>
    public Segmentation Interpolate(
        ProposalSet maps, MaskGrid grid, DiffSegOptions options, CancellationToken cancellationToken)
    {
        ushort[] labels = new ushort[grid.OutputHeight * grid.OutputWidth];
        _suppression.Label(maps, grid, options.MaxDegreeOfParallelism, labels, cancellationToken);
        return Build(labels, maps, maps.Count, grid, options, cancellationToken);
    }

    /// <summary>Gives each pixel to the cluster of the nearest token.</summary>
    /// <param name="tokens">The cluster of each token.</param>
    /// <param name="maps">A map of each cluster.</param>
    /// <param name="grid">The mask.</param>
    /// <param name="options">Clean-up, numbering and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask.</returns>
    public Segmentation Nearest(
        ReadOnlySpan<int> tokens,
        ProposalSet maps,
        MaskGrid grid,
        DiffSegOptions options,
        CancellationToken cancellationToken)
    {
        BilinearAxis rows = BilinearAxis.Create(maps.Height, grid.OutputHeight, grid.Top, grid.SpanHeight);
        BilinearAxis columns = BilinearAxis.Create(maps.Width, grid.OutputWidth, grid.Left, grid.SpanWidth);
        ushort[] labels = new ushort[grid.OutputHeight * grid.OutputWidth];
        for (int y = 0; y < grid.OutputHeight; y++)
        {
            ReadOnlySpan<int> row = tokens.Slice(Nearest(rows, y) * maps.Width, maps.Width);
            for (int x = 0; x < grid.OutputWidth; x++)
            {
                labels[(y * grid.OutputWidth) + x] = (ushort)row[Nearest(columns, x)];
            }
        }

        return Build(labels, maps, maps.Count, grid, options, cancellationToken);
    }

    /// <summary>Makes a mask of pixels that have their clusters, for methods without attention maps.</summary>
    /// <param name="labels">The cluster of each pixel; overwritten, and part of the result.</param>
    /// <param name="clusters">Number of clusters.</param>
    /// <param name="input">The mask to make.</param>
    /// <param name="options">Clean-up, numbering and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask.</returns>
    public Segmentation OfPixels(
        ushort[] labels, int clusters, MethodInput input, DiffSegOptions options, CancellationToken cancellationToken)
    {
        ProposalSet none = new([], 0, input.Attention.Height, input.Attention.Width);
        return Build(labels, none, clusters, input.Grid, options, cancellationToken);
    }

    private static int Nearest(BilinearAxis axis, int position) =>
        axis.UpperWeight[position] < 0.5f ? axis.Lower[position] : axis.Upper[position];

    private Segmentation Build(
        ushort[] labels,
        ProposalSet maps,
        int clusters,
        MaskGrid grid,
        DiffSegOptions options,
        CancellationToken cancellationToken) =>
        _builder.Build(labels, grid.OutputHeight, grid.OutputWidth, maps, clusters, options, cancellationToken);
}
