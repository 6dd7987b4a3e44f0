namespace DiffSeg.Points;

/// <summary>
/// How far each pixel is from one point: its steps as a share of the point's limit, so that 1 is the outline of the point's own
/// patch. Resampled bilinearly from the tokens.
/// </summary>
internal sealed class PointDistance
{
    /// <summary>Distances beyond this count as this, so that an outline lies between its tokens and not beside the near ones.</summary>
    private const float Most = 2;

    private readonly BilinearAxis _rows;
    private readonly BilinearAxis _columns;
    private readonly float[] _wide;
    private readonly float[] _none;
    private readonly int _width;
    private readonly (int Top, int Bottom) _cellRows;
    private readonly (int Left, int Right) _cellColumns;

    /// <summary>Prepares the rows.</summary>
    /// <param name="prompt">The point.</param>
    /// <param name="steps">Steps of each token.</param>
    /// <param name="limit">The point's limit.</param>
    /// <param name="height">Rows of tokens.</param>
    /// <param name="width">Columns of tokens.</param>
    /// <param name="grid">The mask.</param>
    public PointDistance(PointPrompt prompt, ReadOnlySpan<float> steps, float limit, int height, int width, MaskGrid grid)
    {
        Prompt = prompt;
        _width = grid.OutputWidth;
        _rows = BilinearAxis.Create(height, grid.OutputHeight, grid.Top, grid.SpanHeight);
        _columns = BilinearAxis.Create(width, _width, grid.Left, grid.SpanWidth);
        _wide = new float[height * _width];
        _none = new float[_width];
        float[] shares = new float[width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                shares[x] = Math.Min(Most, steps[(y * width) + x] / limit);
            }

            _columns.Resample(shares, _wide.AsSpan(y * _width, _width));
        }

        _cellRows = Cell(_rows, prompt.Y);
        _cellColumns = Cell(_columns, prompt.X);
    }

    /// <summary>The point.</summary>
    public PointPrompt Prompt { get; }

    /// <summary>Makes one row.</summary>
    /// <param name="y">Row of the mask.</param>
    /// <param name="row">Takes the distances, 0 to 2.</param>
    public void Read(int y, Span<float> row)
    {
        RowBlend.Add(
            _wide, _width, _rows.Lower.AsSpan(y, 1), _rows.Upper.AsSpan(y, 1), _rows.UpperWeight.AsSpan(y, 1), _none, row);
        if (y >= _cellRows.Top && y < _cellRows.Bottom)
        {
            // The pixels of the token that was clicked belong to the point, however near the outline passes.
            foreach (ref float distance in row[_cellColumns.Left.._cellColumns.Right])
            {
                distance = Math.Min(distance, 1);
            }
        }
    }

    // The positions that have the same nearest token as one.
    private static (int From, int End) Cell(BilinearAxis axis, int position)
    {
        int token = Nearest(position);
        (int from, int end) = (position, position + 1);
        while (from > 0 && Nearest(from - 1) == token)
        {
            from--;
        }

        while (end < axis.Count && Nearest(end) == token)
        {
            end++;
        }

        return (from, end);

        int Nearest(int i) => axis.UpperWeight[i] < 0.5f ? axis.Lower[i] : axis.Upper[i];
    }
}
