namespace DiffSeg;

/// <summary>One resolution of maps that are compared: cells of so many tokens, from the coarsest down to one token.</summary>
/// <param name="height">Rows of cells.</param>
/// <param name="width">Columns of cells.</param>
/// <param name="tokensPerCell">Tokens of each cell.</param>
internal sealed class PyramidLevel(int height, int width, int tokensPerCell)
{
    /// <summary>Rows of cells.</summary>
    public int Height { get; } = height;

    /// <summary>Columns of cells.</summary>
    public int Width { get; } = width;

    /// <summary>Number of cells.</summary>
    public int Count => Height * Width;

    /// <summary>Tokens of each cell.</summary>
    public int TokensPerCell { get; } = tokensPerCell;

    /// <summary>
    /// Of each map and cell the mean value, beside it on the coarsest level the logarithm of that mean, on the others the
    /// mean of the logarithms.
    /// </summary>
    public LogRows Cells { get; } = new();

    /// <summary>
    /// On the levels in between: over each cell of the coarsest level, the Euclidean norms of what values and logarithms
    /// of the tokens lie off the means of their cells.
    /// </summary>
    public LogRows Roughness { get; } = new();
}
