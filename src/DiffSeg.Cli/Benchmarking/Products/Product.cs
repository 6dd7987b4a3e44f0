namespace DiffSeg.Cli.Benchmarking.Products;

/// <summary>The shape of a matrix product [Rows, Inner] x [Inner, Columns].</summary>
/// <param name="Rows">Rows of the left matrix and of the result.</param>
/// <param name="Inner">Columns of the left matrix, rows of the right one.</param>
/// <param name="Columns">Columns of the right matrix and of the result.</param>
internal readonly record struct Product(int Rows, int Inner, int Columns)
{
    /// <summary>Multiplications and additions.</summary>
    public double Operations => 2.0 * Rows * Inner * Columns;
}
