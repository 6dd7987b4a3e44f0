namespace DiffSeg.Cli.Benchmarking.Oracles;

/// <summary>Transposes a matrix in tiles, so that neither side strides through the cache.</summary>
internal static class PlainTranspose
{
    private const int Tile = 16;

    /// <summary>Transposes.</summary>
    /// <param name="matrix">Values [rows, columns].</param>
    /// <param name="rows">Rows of the matrix.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <param name="result">Values [columns, rows].</param>
    /// <param name="threads">Threads.</param>
    public static void Run(float[] matrix, int rows, int columns, float[] result, int threads) =>
        InRows.For((columns + Tile - 1) / Tile, threads, (begin, end) =>
        {
            for (int left = begin * Tile; left < Math.Min(end * Tile, columns); left += Tile)
            {
                for (int top = 0; top < rows; top += Tile)
                {
                    Transpose(matrix, rows, columns, result, top, left);
                }
            }
        });

    private static void Transpose(float[] matrix, int rows, int columns, float[] result, int top, int left)
    {
        int bottom = Math.Min(top + Tile, rows), right = Math.Min(left + Tile, columns);
        for (int column = left; column < right; column++)
        {
            for (int row = top; row < bottom; row++)
            {
                result[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }
    }
}
