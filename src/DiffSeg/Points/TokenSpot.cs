namespace DiffSeg.Points;

/// <summary>Where the centre of a pixel lies on an attention map.</summary>
/// <param name="Y">Row of tokens, from 0 to the last; whole numbers are token centres.</param>
/// <param name="X">Column of tokens, likewise.</param>
internal readonly record struct TokenSpot(double Y, double X)
{
    /// <summary>The spot of a pixel; beyond the outermost centres it is the edge token's.</summary>
    /// <param name="grid">Where pixels lie on the map.</param>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="x">Column of the pixel.</param>
    /// <param name="y">Row of the pixel.</param>
    /// <param name="nameX">What the caller calls the column.</param>
    /// <param name="nameY">What the caller calls the row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel lies outside the picture.</exception>
    public static TokenSpot Of(
        MaskGrid grid, int height, int width, int x, int y, string nameX = "x", string nameY = "y")
    {
        if (x < 0 || x >= grid.OutputWidth)
        {
            throw Outside(nameX, x, grid.OutputWidth, grid);
        }

        if (y < 0 || y >= grid.OutputHeight)
        {
            throw Outside(nameY, y, grid.OutputHeight, grid);
        }

        return new TokenSpot(
            Along(grid.Top, y, grid.SpanHeight, grid.OutputHeight, height),
            Along(grid.Left, x, grid.SpanWidth, grid.OutputWidth, width));
    }

    /// <summary>The token that the spot lies on.</summary>
    /// <param name="width">Columns of the map.</param>
    /// <returns>Row-major index.</returns>
    public int Nearest(int width) => ((int)(Y + 0.5) * width) + (int)(X + 0.5);

    /// <summary>The four tokens around the spot, fewer where it lies on the line between two or on one.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <returns>Row-major indices, each once, and the weights of a bilinear mix, above 0.</returns>
    public IEnumerable<(int Token, float Weight)> Around(int height, int width)
    {
        (int top, int left) = ((int)Y, (int)X);
        (float down, float across) = ((float)(Y - top), (float)(X - left));
        (int bottom, int right) = (Math.Min(top + 1, height - 1), Math.Min(left + 1, width - 1));
        (int Token, float Weight)[] corners =
        [
            ((top * width) + left, (1 - down) * (1 - across)),
            ((top * width) + right, (1 - down) * across),
            ((bottom * width) + left, down * (1 - across)),
            ((bottom * width) + right, down * across),
        ];
        return corners.Where(corner => corner.Weight > 0);
    }

    private static double Along(double start, int pixel, double span, int pixels, int tokens) =>
        Math.Clamp(start + ((pixel + 0.5) * span / pixels) - 0.5, 0, tokens - 1);

    private static ArgumentOutOfRangeException Outside(string name, int value, int count, MaskGrid grid) => new(
        name, value, $"{name} must be from 0 to {count - 1}: the picture is {grid.OutputWidth} x {grid.OutputHeight} pixels.");
}
