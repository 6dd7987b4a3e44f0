namespace DiffSeg.MLNet.Geometry;

/// <summary>Which tokens of an attention map show the picture, and where a mask's pixels lie on them.</summary>
internal readonly record struct MaskPlacement(TokenWindow Window, MaskGrid Grid)
{
    /// <param name="image">Where the picture lies on the model's input.</param>
    /// <param name="modelHeight">Height of the model's input in pixels.</param>
    /// <param name="modelWidth">Width of the model's input in pixels.</param>
    /// <param name="mapHeight">Rows of tokens of the attention map over the whole input.</param>
    /// <param name="mapWidth">Columns of tokens.</param>
    /// <param name="outputHeight">Rows of the mask.</param>
    /// <param name="outputWidth">Columns of the mask.</param>
    public static MaskPlacement Of(
        FittedImage image, int modelHeight, int modelWidth, int mapHeight, int mapWidth, int outputHeight,
        int outputWidth)
    {
        (int top, int height) = Shown(image.Top, image.Height, modelHeight, mapHeight);
        (int left, int width) = Shown(image.Left, image.Width, modelWidth, mapWidth);
        double tokensPerRow = mapHeight / (double)modelHeight;
        double tokensPerColumn = mapWidth / (double)modelWidth;
        var grid = new MaskGrid(
            outputHeight,
            outputWidth,
            Top: ((image.Top + (image.CoveredTop * image.ScaleY)) * tokensPerRow) - top,
            Left: ((image.Left + (image.CoveredLeft * image.ScaleX)) * tokensPerColumn) - left,
            SpanHeight: image.CoveredHeight * image.ScaleY * tokensPerRow,
            SpanWidth: image.CoveredWidth * image.ScaleX * tokensPerColumn);
        return new MaskPlacement(new TokenWindow(top, left, height, width), grid);
    }

    // A token belongs to the picture when its centre does: one that is mostly black bar would be a segment of its own.
    // A picture thinner than a token still has the token that it lies on.
    private static (int First, int Count) Shown(int start, int length, int modelSize, int tokens)
    {
        double cell = modelSize / (double)tokens;
        int first = Math.Max(0, (int)Math.Ceiling((start / cell) - 0.5));
        int end = Math.Min(tokens, (int)Math.Ceiling(((start + length) / cell) - 0.5));
        return first < end ? (first, end - first) : (Math.Clamp((int)((start + (length / 2.0)) / cell), 0, tokens - 1), 1);
    }
}
