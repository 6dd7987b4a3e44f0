namespace DiffSeg;

/// <summary>Maps in one array, row after row: aggregated attention or proposals.</summary>
/// <param name="Values">At least Count x Height x Width values.</param>
/// <param name="Count">Number of maps.</param>
/// <param name="Height">Rows of each map.</param>
/// <param name="Width">Columns of each map.</param>
/// <param name="Mass">What each map sums to, but for rounding: the sum of the aggregation's weights, mostly 1.</param>
internal readonly record struct MapRows(float[] Values, int Count, int Height, int Width, double Mass)
{
    /// <summary>Tokens of each map.</summary>
    public int Tokens => Height * Width;

    /// <summary>One map.</summary>
    /// <param name="index">Which.</param>
    /// <returns>Its values.</returns>
    public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * Tokens, Tokens);
}
