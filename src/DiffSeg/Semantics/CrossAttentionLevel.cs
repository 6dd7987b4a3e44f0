using System.Numerics.Tensors;

namespace DiffSeg.Semantics;

/// <summary>The cross-attention of one resolution.</summary>
/// <param name="Height">Rows of its maps.</param>
/// <param name="Width">Columns of its maps.</param>
/// <param name="Weight">Its weight among the resolutions.</param>
/// <param name="Maps">One map for each token of the text, one after the other.</param>
/// <param name="Sum">The sum of all maps.</param>
internal sealed record CrossAttentionLevel(int Height, int Width, float Weight, float[] Maps, float[] Sum)
{
    /// <summary>From rows of places to maps of text tokens.</summary>
    /// <param name="rows">For each place, the attention to all tokens of the text.</param>
    /// <param name="height">Rows of the maps.</param>
    /// <param name="width">Columns of the maps.</param>
    /// <param name="textTokens">Tokens of the text.</param>
    /// <param name="weight">Weight of the resolution.</param>
    /// <returns>The level.</returns>
    public static CrossAttentionLevel FromRows(float[] rows, int height, int width, int textTokens, float weight)
    {
        int places = height * width;
        float[] maps = new float[rows.Length];
        float[] sum = new float[places];
        for (int place = 0; place < places; place++)
        {
            ReadOnlySpan<float> row = rows.AsSpan(place * textTokens, textTokens);
            sum[place] = RowSum.Of(row);
            for (int token = 0; token < textTokens; token++)
            {
                maps[(token * places) + place] = row[token];
            }
        }

        return new CrossAttentionLevel(height, width, weight, maps, sum);
    }

    /// <summary>The mean of the maps of some tokens.</summary>
    /// <param name="tokens">The tokens, at least one.</param>
    /// <returns>A map in an array of its own.</returns>
    public float[] Mean(IReadOnlyList<int> tokens)
    {
        float[] mean = new float[Sum.Length];
        foreach (int token in tokens)
        {
            TensorPrimitives.Add(mean, Maps.AsSpan(token * mean.Length, mean.Length), mean);
        }

        TensorPrimitives.Divide(mean, tokens.Count, mean);
        return mean;
    }
}
