using CsCheck;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Evaluation;

public class LinearAssignmentTests
{
    // Small weights, so that many assignments are equally good.
    private static readonly Gen<(int Rows, int Columns, long[] Weights)> Tables =
        from rows in Gen.Int[1, 6]
        from columns in Gen.Int[1, 6]
        from weights in Gen.Long[-3, 6].Array[rows * columns]
        select (rows, columns, weights);

    [Fact]
    public void No_assignment_weighs_more() =>
        Tables.Sample((rows, columns, weights) =>
        {
            int[] assigned = LinearAssignment.Maximize(weights, rows, columns);

            Assert.Equal(Best(weights, rows, columns, 0, new bool[columns], rows), Total(weights, columns, assigned));
        });

    [Fact]
    public void Every_row_or_every_column_is_used_once() =>
        Tables.Sample((rows, columns, weights) =>
        {
            int[] assigned = LinearAssignment.Maximize(weights, rows, columns);

            int[] used = [.. assigned.Where(column => column >= 0)];
            Assert.Equal(rows, assigned.Length);
            Assert.Equal(Math.Min(rows, columns), used.Distinct().Count());
            Assert.Equal(used.Length, used.Distinct().Count());
            Assert.All(used, column => Assert.InRange(column, 0, columns - 1));
        });

    [Fact]
    public void Greedy_choice_never_weighs_more() =>
        (from rows in Gen.Int[1, 20]
         from columns in Gen.Int[20, 30]
         from weights in Gen.Long[0, 1000].Array[rows * columns]
         select (rows, columns, weights)).Sample((rows, columns, weights) =>
        {
            bool[] taken = new bool[columns];
            long greedy = 0;
            for (int row = 0; row < rows; row++)
            {
                int best = Enumerable.Range(0, columns).Where(c => !taken[c]).MaxBy(c => weights[(row * columns) + c]);
                taken[best] = true;
                greedy += weights[(row * columns) + best];
            }

            Assert.True(Total(weights, columns, LinearAssignment.Maximize(weights, rows, columns)) >= greedy);
        });

    [Fact]
    public void Equal_weights_give_the_identity() =>
        Assert.Equal([0, 1, 2, 3], LinearAssignment.Maximize(new long[20], 4, 5));

    // What SciPy's linear_sum_assignment answers for the transposed table, read back.
    [Fact]
    public void Rows_left_over_have_no_column()
    {
        Assert.Equal([-1, 1, 0], LinearAssignment.Maximize([1, 1, 1, 5, 4, 1], 3, 2));
        Assert.Equal([0, 1, -1], LinearAssignment.Maximize(new long[6], 3, 2));
    }

    [Fact]
    public void Bad_tables_are_refused()
    {
        Assert.Throws<ArgumentException>("weights", () => LinearAssignment.Maximize(new long[5], 2, 3));
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => LinearAssignment.Maximize([], 0, 3));
        Assert.Throws<ArgumentOutOfRangeException>("columns", () => LinearAssignment.Maximize([], 3, 0));
        Assert.Throws<ArgumentOutOfRangeException>("weights", () => LinearAssignment.Maximize([1L << 53], 1, 1));
    }

    private static long Total(long[] weights, int columns, int[] assigned) =>
        assigned.Index().Where(pair => pair.Item >= 0).Sum(pair => weights[(pair.Index * columns) + pair.Item]);

    // All assignments, tried; rows may stay without a column only when there are too few columns.
    private static long Best(long[] weights, int rows, int columns, int row, bool[] taken, int rowsLeft)
    {
        if (row == rows)
        {
            return 0;
        }

        int free = taken.Count(t => !t);
        long best = rowsLeft > free ? Best(weights, rows, columns, row + 1, taken, rowsLeft - 1) : long.MinValue;
        for (int column = 0; column < columns; column++)
        {
            if (!taken[column])
            {
                taken[column] = true;
                best = Math.Max(
                    best,
                    weights[(row * columns) + column] + Best(weights, rows, columns, row + 1, taken, rowsLeft - 1));
                taken[column] = false;
            }
        }

        return best;
    }
}
