namespace DiffSeg.Semantics;

/// <summary>
/// The cross-attention of one picture and its text, at the resolutions it came in. Made by
/// <see cref="CrossAttentionAggregator"/>; label any number of masks with it, from several threads if you like.
/// </summary>
public sealed class CrossAttention
{
    internal CrossAttention(CrossAttentionLevel[] levels, int textTokens)
    {
        Levels = levels;
        TextTokens = textTokens;
    }

    /// <summary>Rows of the finest resolution.</summary>
    public int Height => Levels[0].Height;

    /// <summary>Columns of the finest resolution.</summary>
    public int Width => Levels[0].Width;

    /// <summary>Tokens of the text.</summary>
    public int TextTokens { get; }

    internal CrossAttentionLevel[] Levels { get; }

    /// <summary>
    /// How much each pixel attends to a noun: at each resolution the map of its tokens (the mean of several), bilinearly
    /// upsampled and divided by the sum over all tokens of the text; then the weighted sum over the resolutions.
    /// </summary>
    /// <param name="noun">The noun.</param>
    /// <param name="grid">
    /// Size of the map to make, and where its pixels lie, in tokens of the finest resolution (<see cref="Height"/> x
    /// <see cref="Width"/>).
    /// </param>
    /// <returns>One value per pixel, row-major; from 0 to the sum of the weights, which is 1 unless told otherwise.</returns>
    /// <exception cref="ArgumentException">The noun has a token that the text has not, or the grid is impossible.</exception>
    public float[] Map(Noun noun, MaskGrid grid)
    {
        ArgumentNullException.ThrowIfNull(noun);
        NounRows rows = new(this, [noun], grid);
        float[] map = new float[grid.OutputHeight * grid.OutputWidth];
        for (int y = 0; y < grid.OutputHeight; y++)
        {
            rows.Read(y, map.AsSpan(y * grid.OutputWidth, grid.OutputWidth));
        }

        return map;
    }
}
