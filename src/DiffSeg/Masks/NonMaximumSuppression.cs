namespace DiffSeg;

/// <summary>
/// Non-maximum suppression (Tian et al., CVPR 2024, section 3.4): every pixel goes to the proposal whose bilinearly
/// upsampled map is highest there, the first of equally high ones.
/// </summary>
/// <remarks>
/// In tiles, proposal after proposal: the upsampled maps never exist as a whole, and the scratch does not grow with
/// the number of proposals.
/// </remarks>
internal sealed class NonMaximumSuppression
{
    private const int TileRows = 64;
    private const int TileColumns = 128;
    private readonly ProposalSet _proposals;
    private readonly BilinearAxis _rows;
    private readonly int _width;
    private readonly BilinearAxis[] _strips;
    private readonly ushort[] _labels;

    private NonMaximumSuppression(ProposalSet proposals, MaskGrid grid)
    {
        _proposals = proposals;
        _width = grid.OutputWidth;
        _rows = BilinearAxis.Create(proposals.Height, grid.OutputHeight, grid.Top, grid.SpanHeight);
        BilinearAxis columns = BilinearAxis.Create(proposals.Width, grid.OutputWidth, grid.Left, grid.SpanWidth);
        _strips = [.. Enumerable.Range(0, (_width + TileColumns - 1) / TileColumns)
            .Select(s => columns.Slice(s * TileColumns, Math.Min(TileColumns, _width - (s * TileColumns))))];
        _labels = new ushort[grid.OutputHeight * grid.OutputWidth];
    }

    /// <summary>Labels every pixel of the mask with the index of the winning proposal.</summary>
    /// <param name="proposals">At least one proposal, at most 65,536.</param>
    /// <param name="grid">Where the pixels lie on the maps.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at every 64 rows.</param>
    /// <returns>The labels, row-major.</returns>
    public static ushort[] Label(
        ProposalSet proposals, MaskGrid grid, int degree, CancellationToken cancellationToken = default)
    {
        grid.Check();
        NonMaximumSuppression run = new(proposals, grid);
        RowParallel.For(grid.OutputHeight, TileRows, degree, run.LabelRows, cancellationToken);
        return run._labels;
    }

    private void LabelRows(int from, int to)
    {
        int firstToken = _rows.Lower[from];
        int tokenRows = _rows.Upper[to - 1] - firstToken + 1;
        using Scratch<float> upsampled = new(tokenRows * TileColumns);
        using Scratch<float> best = new(TileRows * TileColumns);
        using Scratch<int> winner = new(TileRows * TileColumns);
        int left = 0;
        foreach (BilinearAxis columns in _strips)
        {
            best.Span.Fill(float.NegativeInfinity);
            winner.Span.Clear();
            for (int k = 0; k < _proposals.Count; k++)
            {
                ReadOnlySpan<float> map = _proposals.Map(k);
                for (int y = 0; y < tokenRows; y++)
                {
                    columns.Resample(
                        map.Slice((firstToken + y) * _proposals.Width, _proposals.Width),
                        upsampled.Span.Slice(y * TileColumns, columns.Count));
                }

                for (int y = from; y < to; y++)
                {
                    int row = (y - from) * TileColumns;
                    RunningMaximum.Update(
                        upsampled.Span.Slice((_rows.Lower[y] - firstToken) * TileColumns, columns.Count),
                        upsampled.Span.Slice((_rows.Upper[y] - firstToken) * TileColumns, columns.Count),
                        _rows.UpperWeight[y],
                        k,
                        best.Span.Slice(row, columns.Count),
                        winner.Span.Slice(row, columns.Count));
                }
            }

            for (int y = from; y < to; y++)
            {
                Span<ushort> labels = _labels.AsSpan((y * _width) + left, columns.Count);
                ReadOnlySpan<int> winners = winner.Span.Slice((y - from) * TileColumns, columns.Count);
                for (int x = 0; x < labels.Length; x++)
                {
                    labels[x] = (ushort)winners[x];
                }
            }

            left += columns.Count;
        }
    }
}
