namespace DiffSeg;

/// <summary>What one segmentation at a time works with: its stages and their buffers, kept for the next picture.</summary>
internal sealed class SegmentationWorkspace
{
    private int[] _anchors = [];
    private (int Height, int Width, int PerSide) _grid;

    /// <summary>The merging.</summary>
    public IterativeMerging Merging { get; } = new();

    /// <summary>The non-maximum suppression.</summary>
    public NonMaximumSuppression Suppression { get; } = new();

    /// <summary>The refinement, where asked for.</summary>
    public Refinement Refinement { get; } = new();

    /// <summary>Clean-up and numbering.</summary>
    public MaskBuilder Builder { get; } = new();

    /// <summary>The anchors of a map, row-major over the grid; made anew only for another map.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="perSide">Anchors per side.</param>
    /// <returns>Token indices; not to be changed.</returns>
    /// <exception cref="ArgumentException">As <see cref="SamplingGrid.Anchors"/> says.</exception>
    public int[] Anchors(int height, int width, int perSide)
    {
        if ((height, width, perSide) != _grid)
        {
            _anchors = SamplingGrid.Anchors(height, width, perSide);
            _grid = (height, width, perSide);
        }

        return _anchors;
    }
}
