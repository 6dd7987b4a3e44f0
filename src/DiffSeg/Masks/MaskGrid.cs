namespace DiffSeg;

/// <summary>
/// Where the pixels of a mask lie on the attention map. The centre of output pixel (y, x) lies at the token
/// coordinates <c>Top + (y + 0.5) SpanHeight / OutputHeight - 0.5</c> and likewise for x, where whole numbers are token
/// centres; beyond the outermost centres the edge token counts.
/// </summary>
/// <remarks>
/// The whole map is Top = Left = 0 with a span of the map's size. A picture that fills only part of the map (padding)
/// or shows more than the map (a crop of it) has another top, left and span; they need not be whole numbers.
/// </remarks>
/// <param name="OutputHeight">Rows of the mask, at least 1.</param>
/// <param name="OutputWidth">Columns of the mask, at least 1.</param>
/// <param name="Top">Token coordinate of the mask's upper edge, in tokens from the map's upper edge.</param>
/// <param name="Left">Token coordinate of the mask's left edge, in tokens from the map's left edge.</param>
/// <param name="SpanHeight">Tokens that the mask's height covers, above 0.</param>
/// <param name="SpanWidth">Tokens that the mask's width covers, above 0.</param>
public readonly record struct MaskGrid(
    int OutputHeight, int OutputWidth, double Top, double Left, double SpanHeight, double SpanWidth)
{
    /// <summary>A mask of the given size over the whole of an attention map.</summary>
    /// <param name="attention">The attention map.</param>
    /// <param name="outputHeight">Rows of the mask, at least 1.</param>
    /// <param name="outputWidth">Columns of the mask, at least 1.</param>
    /// <returns>The grid.</returns>
    public static MaskGrid Whole(AggregatedAttention attention, int outputHeight, int outputWidth)
    {
        ArgumentNullException.ThrowIfNull(attention);
        return Whole(attention.Height, attention.Width, outputHeight, outputWidth);
    }

    /// <summary>A mask of the given size over the whole of a map of height x width tokens.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="outputHeight">Rows of the mask, at least 1.</param>
    /// <param name="outputWidth">Columns of the mask, at least 1.</param>
    /// <returns>The grid.</returns>
    public static MaskGrid Whole(int height, int width, int outputHeight, int outputWidth) =>
        new(outputHeight, outputWidth, 0, 0, height, width);

    internal void Check()
    {
        if (OutputHeight < 1 || OutputWidth < 1)
        {
            throw new ArgumentException(
                $"A mask needs at least one row and one column; the grid asks for {OutputHeight}x{OutputWidth}.", "grid");
        }

        if ((long)OutputHeight * OutputWidth > Array.MaxLength)
        {
            throw new ArgumentException(
                $"A mask of {OutputHeight}x{OutputWidth} pixels does not fit an array; ask for a smaller one.", "grid");
        }

        if (!double.IsFinite(Top) || !double.IsFinite(Left)
            || !(SpanHeight > 0 && double.IsFinite(SpanHeight)) || !(SpanWidth > 0 && double.IsFinite(SpanWidth)))
        {
            throw new ArgumentException(
                $"The grid must lie at finite coordinates and span more than 0 tokens; it is {this}.", "grid");
        }
    }
}
