namespace DiffSeg.Evaluation;

/// <summary>The linear assignment problem by shortest augmenting paths.</summary>
/// <remarks>
/// D. F. Crouse, "On implementing 2D rectangular assignment algorithms", IEEE Transactions on Aerospace and Electronic
/// Systems 52(4), 2016, on the negated weights. Where several assignments are best, the one that SciPy's
/// linear_sum_assignment takes: rows are added in order, columns looked at from the last to the first, the one taken out
/// is replaced by the last that remains, a column that is free wins a tie, and a table with more rows than columns is
/// transposed first. Integer arithmetic, so exact; the time grows with rows squared x columns.
/// </remarks>
public static class LinearAssignment
{
    /// <summary>Pairs rows and columns, each used once at most, so that the weights of the pairs sum to the most.</summary>
    /// <param name="weights">Rows x columns weights, row-major, each of magnitude below 2^53.</param>
    /// <param name="rows">Number of rows, at least 1.</param>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <returns>The column of each row; -1 for the rows left over where there are more rows than columns.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or a weight is out of range.</exception>
    /// <exception cref="ArgumentException">There are not rows x columns weights.</exception>
    public static int[] Maximize(ReadOnlySpan<long> weights, int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (weights.Length != (long)rows * columns)
        {
            throw new ArgumentException(
                $"{rows} x {columns} weights are {(long)rows * columns}, but there are {weights.Length}.", nameof(weights));
        }

        bool transposed = rows > columns;
        long[] costs = new long[weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] is >= 1L << 53 or <= -(1L << 53))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(weights), weights[i], $"Weight {i} is not below 2^53 in magnitude.");
            }

            costs[transposed ? (i % columns * rows) + (i / columns) : i] = -weights[i];
        }

        return transposed
            ? new AugmentingPaths(costs, columns, rows).Solve().RowOfColumn
            : new AugmentingPaths(costs, rows, columns).Solve().ColumnOfRow;
    }
}
