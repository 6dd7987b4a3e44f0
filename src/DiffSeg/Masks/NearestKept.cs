namespace DiffSeg;

/// <summary>
/// One exact Euclidean distance transform: every pixel of a small component takes the component of the nearest pixel
/// of a kept one (Meijster, Roerdink and Hesselink, 2000: columns first, then the lower envelope along each row).
/// </summary>
/// <param name="map">Component of each pixel, row-major; pixels of small components are overwritten.</param>
/// <param name="kept">Whether each component is kept; at least one is.</param>
/// <param name="height">Rows.</param>
/// <param name="width">Columns.</param>
internal sealed class NearestKept(int[] map, bool[] kept, int height, int width)
{
    private const int None = -1;
    private const int Strip = 256;
    private readonly int[] _keptRow = new int[map.Length];

    /// <summary>Runs the transform.</summary>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Fill(int degree, CancellationToken cancellationToken)
    {
        RowParallel.For(width, Strip, degree, FindKeptRows, cancellationToken);

        // Rows only read pixels of kept components, which nobody writes.
        RowParallel.For(height, 16, degree, FillRows, cancellationToken);
    }

    /// <summary>For each pixel of some columns, the row of the nearest kept pixel in its column.</summary>
    private void FindKeptRows(int from, int to)
    {
        for (int x = from; x < to; x++)
        {
            _keptRow[x] = kept[map[x]] ? 0 : None;
        }

        for (int y = 1; y < height; y++)
        {
            for (int x = from; x < to; x++)
            {
                int i = (y * width) + x;
                _keptRow[i] = kept[map[i]] ? y : _keptRow[i - width];
            }
        }

        for (int y = height - 2; y >= 0; y--)
        {
            for (int x = from; x < to; x++)
            {
                int i = (y * width) + x;
                int above = _keptRow[i];
                int below = _keptRow[i + width];
                if (below != None && (above == None || below - y < y - above))
                {
                    _keptRow[i] = below;
                }
            }
        }
    }

    private void FillRows(int from, int to)
    {
        using Scratch<int> columns = new(width);
        using Scratch<int> starts = new(width);
        for (int y = from; y < to; y++)
        {
            Span<int> row = map.AsSpan(y * width, width);
            if (!AnySmall(row))
            {
                continue;
            }

            int last = Envelope(y, columns.Span, starts.Span);
            for (int x = width - 1; x >= 0; x--)
            {
                if (!kept[row[x]])
                {
                    int nearest = columns.Span[last];
                    row[x] = map[(_keptRow[(y * width) + nearest] * width) + nearest];
                }

                if (x == starts.Span[last])
                {
                    last--;
                }
            }
        }
    }

    private bool AnySmall(ReadOnlySpan<int> row)
    {
        foreach (int component in row)
        {
            if (!kept[component])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The lower envelope of the parabolas (x - column)^2 + (y - kept row)^2: which column is nearest from which x on.
    /// </summary>
    /// <returns>Index of the last parabola.</returns>
    private int Envelope(int y, Span<int> columns, Span<int> starts)
    {
        ReadOnlySpan<int> keptRows = _keptRow.AsSpan(y * width, width);
        int last = -1;
        for (int u = 0; u < width; u++)
        {
            if (keptRows[u] == None)
            {
                continue;
            }

            long height = Square(y - keptRows[u]);
            while (last >= 0
                && Square(starts[last] - columns[last]) + Square(y - keptRows[columns[last]])
                    > Square(starts[last] - u) + height)
            {
                last--;
            }

            if (last < 0)
            {
                (last, columns[0], starts[0]) = (0, u, 0);
                continue;
            }

            // Where u becomes strictly nearer than the last one.
            int v = columns[last];
            long crossing = (Square(u) - Square(v) + height - Square(y - keptRows[v])) / (2L * (u - v));
            if (crossing + 1 < width)
            {
                last++;
                (columns[last], starts[last]) = (u, (int)crossing + 1);
            }
        }

        return last;
    }

    private static long Square(long value) => value * value;
}
