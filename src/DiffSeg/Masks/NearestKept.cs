namespace DiffSeg;

/// <summary>
/// One exact Euclidean distance transform: every pixel of a small component takes the component of the nearest pixel
/// of a kept one (Meijster, Roerdink and Hesselink, 2000: columns first, then the lower envelope along each row).
/// </summary>
/// <remarks>
/// Only gaps, the stretches of a row that belong to small components, are looked at. The pixels on either side of a gap
/// are kept and lie nearer to each pixel of it than anything beyond them: the envelope spans the gap and those two. Of
/// equally near pixels the leftmost column counts, and in it the upper row. Keeps its buffers for the next mask.
/// </remarks>
internal sealed class NearestKept
{
    private const int None = -1;
    private const int Grain = 64;
    private readonly Action<int, int> _fillGaps;
    private KeptBuffer<Run> _gaps;
    private KeptBuffer<int> _keptRow;
    private int[] _map = [];
    private bool[] _kept = [];
    private int _gapCount;
    private int _height;
    private int _width;

    public NearestKept() => _fillGaps = FillGaps;

    /// <summary>Runs the transform.</summary>
    /// <param name="runs">The mask as runs of components.</param>
    /// <param name="map">Component of each pixel, row-major; pixels of small components are overwritten.</param>
    /// <param name="kept">Whether each component is kept; at least one is.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Fill(MaskRuns runs, int[] map, bool[] kept, int degree, CancellationToken cancellationToken)
    {
        (_map, _kept, _height, _width) = (map, kept, runs.Height, runs.Width);
        try
        {
            FindGaps(runs);
            cancellationToken.ThrowIfCancellationRequested();
            FindKeptRows();

            // Gaps only read pixels of kept components, which nobody writes.
            RowParallel.For(_gapCount, Grain, degree, _fillGaps, cancellationToken);
        }
        finally
        {
            (_map, _kept) = ([], []);
        }
    }

    /// <summary>The runs of small components, neighbours joined; a gap's value is its row.</summary>
    private void FindGaps(MaskRuns runs)
    {
        _gapCount = 0;
        for (int y = 0; y < _height; y++)
        {
            (int from, int end) = runs.Row(y);
            int rowStart = _gapCount;
            foreach (Run run in runs.All[from..end])
            {
                if (_kept[run.Value])
                {
                    continue;
                }

                if (_gapCount > rowStart && _gaps.Array[_gapCount - 1].End == run.Start)
                {
                    ref Run last = ref _gaps.Array[_gapCount - 1];
                    last = last with { End = run.End };
                }
                else
                {
                    _gaps.Append(_gapCount++, new Run(run.Start, run.End, y));
                }
            }
        }
    }

    /// <summary>
    /// For each pixel of the gaps, and those on either side, the row of the nearest kept pixel in its column: first the
    /// nearest above, then the nearest of all.
    /// </summary>
    private void FindKeptRows()
    {
        Span<int> keptRow = _keptRow.Take(_height * _width);
        ReadOnlySpan<Run> gaps = _gaps.Array.AsSpan(0, _gapCount);
        foreach (Run gap in gaps)
        {
            int y = gap.Value;
            for (int i = gap.Start; i < gap.End; i++)
            {
                keptRow[i] = y == 0 ? None : KeptRow(i - _width, y - 1, keptRow);
            }

            (int left, int right) = Neighbours(gap);
            keptRow[left] = left < gap.Start ? y : keptRow[left];
            keptRow[right] = right >= gap.End ? y : keptRow[right];
        }

        for (int g = gaps.Length - 1; g >= 0; g--)
        {
            int y = gaps[g].Value;
            for (int i = gaps[g].Start; i < gaps[g].End && y < _height - 1; i++)
            {
                int above = keptRow[i];
                int below = KeptRow(i + _width, y + 1, keptRow);
                if (below != None && (above == None || below - y < y - above))
                {
                    keptRow[i] = below;
                }
            }
        }
    }

    private int KeptRow(int pixel, int y, Span<int> keptRow) => _kept[_map[pixel]] ? y : keptRow[pixel];

    /// <summary>The pixels on either side of a gap, or its own outermost ones at the edge of the mask.</summary>
    private (int Left, int Right) Neighbours(Run gap)
    {
        int row = gap.Value * _width;
        return (Math.Max(gap.Start - 1, row), Math.Min(gap.End, row + _width - 1));
    }

    private void FillGaps(int from, int to)
    {
        using Scratch<int> columns = new(_width);
        using Scratch<int> starts = new(_width);
        for (int g = from; g < to; g++)
        {
            Run gap = _gaps.Array[g];
            (int left, int right) = Neighbours(gap);
            ReadOnlySpan<int> keptRows = _keptRow.Array.AsSpan(left, right + 1 - left);
            int last = Envelope(gap.Value, keptRows, columns.Span, starts.Span);
            for (int x = keptRows.Length - 1; x >= 0; x--)
            {
                if (left + x >= gap.Start && left + x < gap.End)
                {
                    int nearest = columns.Span[last];
                    _map[left + x] = _map[left + nearest + ((keptRows[nearest] - gap.Value) * _width)];
                }

                if (x == starts.Span[last])
                {
                    last--;
                }
            }
        }
    }

    /// <summary>
    /// The lower envelope of the parabolas (x - column)^2 + (y - kept row)^2: which column is nearest from which x on.
    /// </summary>
    /// <returns>Index of the last parabola.</returns>
    private static int Envelope(int y, ReadOnlySpan<int> keptRows, Span<int> columns, Span<int> starts)
    {
        int last = -1;
        for (int u = 0; u < keptRows.Length; u++)
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
            if (crossing + 1 < keptRows.Length)
            {
                last++;
                (columns[last], starts[last]) = (u, (int)crossing + 1);
            }
        }

        return last;
    }

    private static long Square(long value) => value * value;
}
