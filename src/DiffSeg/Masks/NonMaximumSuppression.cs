namespace DiffSeg;

/// <summary>
/// Non-maximum suppression (Tian et al., CVPR 2024, section 3.4): every pixel goes to the proposal whose bilinearly
/// upsampled map is highest there, the first of equally high ones.
/// </summary>
/// <remarks>
/// The mask is halved into ever smaller boxes. A box where <see cref="Contenders"/> leaves one proposal is painted without
/// interpolating anything, so the work is along the borders of segments; the upsampled maps never exist as a whole.
/// An instance keeps its buffers for the next image and serves one caller at a time.
/// </remarks>
internal sealed class NonMaximumSuppression
{
    private const int StripRows = 64;

    // Pixels per side of a box that is not halved any more: one vector wide.
    private const int Leaf = Lanes.Count;
    private readonly BilinearAxis _rows = new();
    private readonly BilinearAxis _columns = new();
    private readonly Contenders _contenders = new();
    private readonly Action<int, int> _labelRows;
    private ProposalSet? _proposals;
    private ushort[] _labels = [];
    private int _width;

    public NonMaximumSuppression() => _labelRows = LabelRows;

    /// <summary>Labels every pixel of the mask with the index of the winning proposal.</summary>
    /// <param name="proposals">At least one proposal, at most 65,536.</param>
    /// <param name="grid">Where the pixels lie on the maps; checked.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="labels">Takes the labels, row-major; as long as the grid has pixels.</param>
    /// <param name="cancellationToken">Looked at every 64 rows.</param>
    public void Label(
        ProposalSet proposals, MaskGrid grid, int degree, ushort[] labels, CancellationToken cancellationToken = default)
    {
        _rows.Lay(proposals.Height, grid.OutputHeight, grid.Top, grid.SpanHeight);
        _columns.Lay(proposals.Width, grid.OutputWidth, grid.Left, grid.SpanWidth);
        (_proposals, _labels, _width) = (proposals, labels, grid.OutputWidth);
        try
        {
            _contenders.Prepare(proposals, degree, cancellationToken);
            RowParallel.For(grid.OutputHeight, StripRows, degree, _labelRows, cancellationToken);
        }
        finally
        {
            _contenders.Clear();
            (_proposals, _labels) = (null, []);
        }
    }

    private void LabelRows(int from, int to)
    {
        PixelBox strip = new(from, 0, to - from, _width);
        using Scratch<int> lists = new(_contenders.All.Length * (strip.Halvings(Leaf) + 1));
        LabelBox(strip, _contenders.All, lists.Span);
    }

    /// <summary>Labels a box of pixels.</summary>
    /// <param name="box">The box.</param>
    /// <param name="contenders">The proposals that can win there.</param>
    /// <param name="lists">Room for as many again, for the box and for each halving to come.</param>
    private void LabelBox(PixelBox box, ReadOnlySpan<int> contenders, Span<int> lists)
    {
        bool leaf = box.Height <= Leaf && box.Width <= Leaf;
        ReadOnlySpan<int> remaining = contenders;
        if (leaf || box.Height == box.Width)
        {
            // Not at every halving: over a box and over half of it, mostly the same can win.
            int count = _contenders.Narrow(TokensUnder(box), contenders, lists[..contenders.Length]);
            remaining = lists[..count];
            lists = lists[count..];
        }

        if (remaining.Length <= 1)
        {
            // Without any proposal, as with none that is above another, the first wins.
            Paint(box, remaining.Length == 0 ? 0 : remaining[0]);
        }
        else if (leaf)
        {
            Compare(box, remaining);
        }
        else
        {
            (PixelBox first, PixelBox second) = box.Halves(Leaf);
            LabelBox(first, remaining, lists);
            LabelBox(second, remaining, lists);
        }
    }

    private TokenWindow TokensUnder(PixelBox box)
    {
        int top = _rows.Lower[box.Top];
        int left = _columns.Lower[box.Left];
        return new TokenWindow(
            top, left, _rows.Upper[box.Bottom - 1] - top + 1, _columns.Upper[box.Right - 1] - left + 1);
    }

    private void Paint(PixelBox box, int proposal)
    {
        for (int y = box.Top; y < box.Bottom; y++)
        {
            LabelsOf(box, y).Fill((ushort)proposal);
        }
    }

    /// <summary>Interpolates each of some proposals over a leaf and takes the highest, pixel by pixel.</summary>
    private void Compare(PixelBox box, ReadOnlySpan<int> contenders)
    {
        Span<float> best = stackalloc float[Leaf * Leaf];
        Span<int> winner = stackalloc int[Leaf * Leaf];
        Span<float> upsampled = stackalloc float[2 * Leaf];
        best.Fill(float.NegativeInfinity);
        winner.Clear();
        foreach (int k in contenders)
        {
            ReadOnlySpan<float> map = _proposals!.Map(k);

            // A token row's columns are resampled once; of the two rows around a pixel, one is even and one is odd.
            (int even, int odd) = (-1, -1);
            for (int y = box.Top; y < box.Bottom; y++)
            {
                ReadOnlySpan<float> above = Upsampled(map, _rows.Lower[y], box, upsampled, ref even, ref odd);
                ReadOnlySpan<float> below = Upsampled(map, _rows.Upper[y], box, upsampled, ref even, ref odd);
                int row = (y - box.Top) * Leaf;
                RunningMaximum.Update(
                    above, below, _rows.UpperWeight[y], k, best.Slice(row, box.Width), winner.Slice(row, box.Width));
            }
        }

        for (int y = box.Top; y < box.Bottom; y++)
        {
            Span<ushort> labels = LabelsOf(box, y);
            ReadOnlySpan<int> winners = winner.Slice((y - box.Top) * Leaf, box.Width);
            for (int x = 0; x < labels.Length; x++)
            {
                labels[x] = (ushort)winners[x];
            }
        }
    }

    private ReadOnlySpan<float> Upsampled(
        ReadOnlySpan<float> map, int tokenRow, PixelBox box, Span<float> rows, ref int even, ref int odd)
    {
        bool isOdd = (tokenRow & 1) != 0;
        ref int held = ref isOdd ? ref odd : ref even;
        Span<float> row = rows.Slice(isOdd ? Leaf : 0, box.Width);
        if (held != tokenRow)
        {
            held = tokenRow;
            int width = _proposals!.Width;
            _columns.Resample(map.Slice(tokenRow * width, width), box.Left, row);
        }

        return row;
    }

    private Span<ushort> LabelsOf(PixelBox box, int y) => _labels.AsSpan((y * _width) + box.Left, box.Width);
}
