namespace DiffSeg.Semantics;

/// <summary>
/// Shape of one cross-attention tensor [Heads, N, TextTokens] with N = Height x Width: for every head and every token of
/// the picture (row-major over the map), its attention to all tokens of the text.
/// </summary>
/// <param name="Heads">Attention heads, at least 1. Tensors whose heads are averaged already have 1.</param>
/// <param name="Height">Rows of the token map, at least 1.</param>
/// <param name="Width">Columns of the token map, at least 1.</param>
/// <param name="TextTokens">Tokens of the text, at least 1; 77 in Stable Diffusion.</param>
public readonly record struct CrossAttentionShape(int Heads, int Height, int Width, int TextTokens)
{
    /// <summary>Values in the tensor, Heads x Height x Width x TextTokens.</summary>
    public long Length => (long)Heads * Height * Width * TextTokens;

    internal AttentionShape Map => new(Heads, Height, Width);

    /// <summary>As in "64x64, 8 heads, 77 text tokens".</summary>
    /// <returns>Height x Width, the heads where there are several, and the tokens of the text.</returns>
    public override string ToString() => $"{Map}, {TextTokens} text tokens";
}
