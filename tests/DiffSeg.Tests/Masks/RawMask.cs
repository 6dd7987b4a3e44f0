namespace DiffSeg.Tests.Masks;

/// <summary>Masks of proposal indices.</summary>
internal static class RawMask
{
    public static ushort[] Label(ProposalSet proposals, MaskGrid grid)
    {
        ushort[] labels = new ushort[grid.OutputHeight * grid.OutputWidth];
        new NonMaximumSuppression().Label(proposals, grid, -1, labels, TestContext.Current.CancellationToken);
        return labels;
    }

    /// <summary>Every proposal interpolated at every pixel, columns first, in the library's own arithmetic.</summary>
    public static ushort[] Plain(ProposalSet proposals, MaskGrid grid)
    {
        BilinearAxis rows = BilinearAxis.Create(proposals.Height, grid.OutputHeight, grid.Top, grid.SpanHeight);
        BilinearAxis columns = BilinearAxis.Create(proposals.Width, grid.OutputWidth, grid.Left, grid.SpanWidth);
        ushort[] labels = new ushort[grid.OutputHeight * grid.OutputWidth];
        for (int i = 0; i < labels.Length; i++)
        {
            (int y, int x) = (i / grid.OutputWidth, i % grid.OutputWidth);
            float best = float.NegativeInfinity;
            for (int k = 0; k < proposals.Count; k++)
            {
                float above = Between(proposals.Map(k), rows.Lower[y], x);
                float below = Between(proposals.Map(k), rows.Upper[y], x);
                float value = above + ((below - above) * rows.UpperWeight[y]);
                if (value > best)
                {
                    (best, labels[i]) = (value, (ushort)k);
                }
            }
        }

        return labels;

        float Between(ReadOnlySpan<float> map, int row, int x)
        {
            float left = map[(row * proposals.Width) + columns.Lower[x]];
            float right = map[(row * proposals.Width) + columns.Upper[x]];
            return left + ((right - left) * columns.UpperWeight[x]);
        }
    }
}
