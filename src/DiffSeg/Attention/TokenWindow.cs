namespace DiffSeg;

/// <summary>A rectangle of tokens of an attention map, such as the part that shows the picture and no padding.</summary>
/// <param name="Top">First row, from 0.</param>
/// <param name="Left">First column, from 0.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct TokenWindow(int Top, int Left, int Height, int Width)
{
    /// <summary>Tokens in the window.</summary>
    public int Tokens => checked(Height * Width);

    /// <summary>As in "32x64 tokens at row 16, column 0".</summary>
    /// <returns>Size and place.</returns>
    public override string ToString() => $"{Height}x{Width} tokens at row {Top}, column {Left}";
}
