namespace DiffSeg.Points;

/// <summary>From the distances of all points to the mask.</summary>
internal sealed class PointMask
{
    /// <summary>Rows of the mask per range of the parallel loop.</summary>
    private const int Grain = 32;

    private readonly PointDistance[] _foreground;
    private readonly PointDistance[] _background;
    private readonly int _width;
    private readonly ushort[] _labels;

    private PointMask(IReadOnlyList<PointDistance> points, MaskGrid grid)
    {
        _foreground = [.. points.Where(point => point.Prompt.Foreground)];
        _background = [.. points.Where(point => !point.Prompt.Foreground)];
        _width = grid.OutputWidth;
        _labels = new ushort[grid.OutputHeight * grid.OutputWidth];
    }

    /// <summary>
    /// A pixel belongs to the segment when it lies within the limit of a foreground point and no background point is nearer.
    /// </summary>
    /// <param name="points">The points; one at least is of the foreground.</param>
    /// <param name="grid">The mask.</param>
    /// <param name="connected">Whether to keep only what hangs together with a foreground point.</param>
    /// <param name="degree">Threads at most; -1 for all cores.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>1 inside, 0 outside.</returns>
    public static ushort[] Create(
        IReadOnlyList<PointDistance> points, MaskGrid grid, bool connected, int degree, CancellationToken cancellationToken)
    {
        PointMask mask = new(points, grid);
        RowParallel.For(grid.OutputHeight, Grain, degree, mask.Decide, cancellationToken);
        foreach (PointDistance point in points)
        {
            mask._labels[mask.PixelOf(point)] = point.Prompt.Foreground ? (ushort)1 : (ushort)0;
        }

        if (connected)
        {
            mask.KeepConnected(grid.OutputHeight);
        }

        return mask._labels;
    }

    private int PixelOf(PointDistance point) => (point.Prompt.Y * _width) + point.Prompt.X;

    private void Decide(int from, int to)
    {
        using Scratch<float> scratch = new(3 * _width);
        Span<float> inside = scratch.Span[.._width];
        Span<float> outside = scratch.Span[_width..(2 * _width)];
        Span<float> row = scratch.Span[(2 * _width)..];
        for (int y = from; y < to; y++)
        {
            Least(_foreground, y, inside, row);
            Least(_background, y, outside, row);
            Span<ushort> labels = _labels.AsSpan(y * _width, _width);
            for (int x = 0; x < _width; x++)
            {
                bool belongs = inside[x] <= 1
                    && (inside[x] < outside[x] || (inside[x] == outside[x] && IsNearerInside(x, y)));
                labels[x] = belongs ? (ushort)1 : (ushort)0;
            }
        }
    }

    private static void Least(PointDistance[] points, int y, Span<float> least, Span<float> row)
    {
        least.Fill(float.PositiveInfinity);
        foreach (PointDistance point in points)
        {
            point.Read(y, row);
            for (int x = 0; x < row.Length; x++)
            {
                least[x] = Math.Min(least[x], row[x]);
            }
        }
    }

    // Points on one token are equally far from everything: there the pixels decide.
    private bool IsNearerInside(int x, int y) => Nearest(_foreground, x, y) <= Nearest(_background, x, y);

    private static long Nearest(PointDistance[] points, int x, int y)
    {
        long nearest = long.MaxValue;
        foreach (PointDistance point in points)
        {
            (long dx, long dy) = (point.Prompt.X - x, point.Prompt.Y - y);
            nearest = Math.Min(nearest, (dx * dx) + (dy * dy));
        }

        return nearest;
    }

    private void KeepConnected(int height)
    {
        MaskRuns runs = new();
        ConnectedComponents components = new();
        runs.Find<ushort>(_labels, height, _width);
        components.Find(runs);
        ushort[] keep = new ushort[components.Count];
        int[] numbers = new int[_labels.Length];
        runs.Paint(numbers);
        foreach (PointDistance point in _foreground)
        {
            keep[numbers[PixelOf(point)]] = 1;
        }

        runs.Replace(keep);
        runs.Paint(_labels);
    }
}
