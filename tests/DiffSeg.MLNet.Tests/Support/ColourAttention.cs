using DiffSeg.MLNet.Tests.Data;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Tests.Support;

/// <summary>
/// Attention by colour alone: a token is red or blue, whichever its cell has more of, and attends to its like. Its
/// borders are the picture's to within a cell, so it measures where pixels come to lie, and nothing else.
/// </summary>
internal static class ColourAttention
{
    public const int Side = 128;
    public const int Cell = 4;
    private const int Tokens = Side / Cell;

    public static void Make(Pixels input, Made output)
    {
        bool[] red = [.. Enumerable.Range(0, Tokens * Tokens).Select(token => Mean(input.Values, 0, token) > Mean(input.Values, 2, token))];
        output.Attention = SyntheticAttention.Map(
            Tokens, Tokens, (y, x) => red[((int)(y * Tokens) * Tokens) + (int)(x * Tokens)] ? 0 : 1);
    }

    private static float Mean(float[] pixels, int channel, int token)
    {
        (int top, int left) = (token / Tokens * Cell, token % Tokens * Cell);
        return Enumerable.Range(0, Cell * Cell).Average(
            i => pixels[(channel * Side * Side) + ((top + (i / Cell)) * Side) + left + (i % Cell)]);
    }

    internal sealed class Pixels
    {
        [ColumnName("Pixels")]
        [VectorType(3, Side, Side)]
        public float[] Values { get; set; } = [];
    }

    internal sealed class Made
    {
        [VectorType(Tokens * Tokens, Tokens * Tokens)]
        public float[] Attention { get; set; } = [];
    }
}
