namespace DiffSeg;

/// <summary>
/// Shape of one self-attention tensor [Heads, N, N] with N = Height x Width: for every head and every query token
/// (row-major over the map), its attention to all N key tokens.
/// </summary>
/// <param name="Heads">Attention heads, at least 1. Tensors whose heads are averaged already have 1.</param>
/// <param name="Height">Rows of the token map, at least 1.</param>
/// <param name="Width">Columns of the token map, at least 1.</param>
public readonly record struct AttentionShape(int Heads, int Height, int Width)
{
    /// <summary>Tokens of the map, N = Height x Width.</summary>
    public int Tokens => checked(Height * Width);

    /// <summary>Values in the tensor, Heads x N x N.</summary>
    public long Length => (long)Heads * Tokens * Tokens;

    /// <summary>As in "64x64, 8 heads".</summary>
    /// <returns>Height x Width, and the heads where there are several.</returns>
    public override string ToString() => Heads == 1 ? $"{Height}x{Width}" : $"{Height}x{Width}, {Heads} heads";
}
