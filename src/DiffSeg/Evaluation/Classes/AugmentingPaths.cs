namespace DiffSeg.Evaluation;

/// <summary>One minimum-cost assignment while it is being solved; names follow Crouse's paper.</summary>
/// <param name="costs">Rows x columns costs, row-major.</param>
/// <param name="rows">Number of rows, at most the columns.</param>
/// <param name="columns">Number of columns.</param>
internal sealed class AugmentingPaths(long[] costs, int rows, int columns)
{
    private const long Unreached = long.MaxValue;

    private readonly long[] _u = new long[rows];
    private readonly long[] _v = new long[columns];
    private readonly long[] _shortest = new long[columns];
    private readonly int[] _path = new int[columns];
    private readonly int[] _remaining = new int[columns];
    private readonly bool[] _scannedRows = new bool[rows];
    private readonly bool[] _scannedColumns = new bool[columns];

    /// <summary>The column of each row.</summary>
    public int[] ColumnOfRow { get; } = Unassigned(rows);

    /// <summary>The row of each column; -1 for columns left over.</summary>
    public int[] RowOfColumn { get; } = Unassigned(columns);

    /// <summary>Assigns the rows one after the other.</summary>
    /// <returns>This.</returns>
    public AugmentingPaths Solve()
    {
        for (int row = 0; row < rows; row++)
        {
            int sink = FindSink(row, out long length);
            UpdateDuals(row, length);
            Augment(row, sink);
        }

        return this;
    }

    private static int[] Unassigned(int count)
    {
        int[] none = new int[count];
        Array.Fill(none, -1);
        return none;
    }

    // Dijkstra's search over the reduced costs, from a row to the nearest free column.
    private int FindSink(int start, out long length)
    {
        int remaining = columns;
        for (int i = 0; i < columns; i++)
        {
            // From the last to the first: the solution of equal costs is then the identity.
            _remaining[i] = columns - i - 1;
        }

        Array.Clear(_scannedRows);
        Array.Clear(_scannedColumns);
        Array.Fill(_shortest, Unreached);
        length = 0;
        int row = start;
        while (true)
        {
            _scannedRows[row] = true;
            int nearest = Relax(row, remaining, ref length);
            int column = _remaining[nearest];
            _scannedColumns[column] = true;
            _remaining[nearest] = _remaining[--remaining];
            if (RowOfColumn[column] < 0)
            {
                return column;
            }

            row = RowOfColumn[column];
        }
    }

    // Lowers the path lengths through a row; gives the place of the nearest column among those that remain.
    private int Relax(int row, int remaining, ref long length)
    {
        int nearest = -1;
        long lowest = Unreached;
        for (int i = 0; i < remaining; i++)
        {
            int column = _remaining[i];
            long through = length + costs[(row * columns) + column] - _u[row] - _v[column];
            if (through < _shortest[column])
            {
                _path[column] = row;
                _shortest[column] = through;
            }

            if (_shortest[column] < lowest || (_shortest[column] == lowest && RowOfColumn[column] < 0))
            {
                lowest = _shortest[column];
                nearest = i;
            }
        }

        length = lowest;
        return nearest;
    }

    private void UpdateDuals(int start, long length)
    {
        _u[start] += length;
        for (int row = 0; row < rows; row++)
        {
            if (_scannedRows[row] && row != start)
            {
                _u[row] += length - _shortest[ColumnOfRow[row]];
            }
        }

        for (int column = 0; column < columns; column++)
        {
            if (_scannedColumns[column])
            {
                _v[column] -= length - _shortest[column];
            }
        }
    }

    private void Augment(int start, int sink)
    {
        int column = sink;
        int row;
        do
        {
            row = _path[column];
            RowOfColumn[column] = row;
            (ColumnOfRow[row], column) = (column, ColumnOfRow[row]);
        }
        while (row != start);
    }
}
