namespace DiffSeg.Evaluation;

/// <summary>For each pixel of one boundary, the pixels of another within a radius, the nearest first.</summary>
/// <remarks>Pixels are named by their places in <see cref="BoundaryMap.Pixels"/>.</remarks>
internal sealed class BoundaryNeighbours
{
    private readonly int[] _starts;
    private readonly int[] _neighbours;
    private readonly long[] _squaredDistances;

    /// <summary>Finds the neighbours.</summary>
    /// <param name="from">The boundary whose pixels look.</param>
    /// <param name="to">The boundary whose pixels are found, of the same size.</param>
    /// <param name="radius">Farthest distance in pixels, itself included.</param>
    public BoundaryNeighbours(BoundaryMap from, BoundaryMap to, double radius)
    {
        // Place + 1 of the boundary's pixel there; 0 where there is none.
        int[] places = new int[to.Height * to.Width];
        for (int i = 0; i < to.Pixels.Length; i++)
        {
            places[to.Pixels[i]] = i + 1;
        }

        (int Y, int X, long Squared)[] offsets = Offsets(radius, from.Height, from.Width);
        List<int> neighbours = [];
        List<long> distances = [];
        _starts = new int[from.Pixels.Length + 1];
        for (int i = 0; i < from.Pixels.Length; i++)
        {
            (int y, int x) = (from.Pixels[i] / from.Width, from.Pixels[i] % from.Width);
            foreach ((int dy, int dx, long squared) in offsets)
            {
                (int ny, int nx) = (y + dy, x + dx);
                if ((uint)ny < (uint)to.Height && (uint)nx < (uint)to.Width && places[(ny * to.Width) + nx] > 0)
                {
                    neighbours.Add(places[(ny * to.Width) + nx] - 1);
                    distances.Add(squared);
                }
            }

            _starts[i + 1] = neighbours.Count;
        }

        (_neighbours, _squaredDistances) = ([.. neighbours], [.. distances]);
    }

    /// <summary>Pixels that look.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The neighbours of a pixel, the nearest first.</summary>
    public ReadOnlySpan<int> Of(int pixel) => _neighbours.AsSpan(_starts[pixel].._starts[pixel + 1]);

    /// <summary>All pairs of neighbours, the nearest first; equally near ones in the order of the pixels.</summary>
    public IEnumerable<(int From, int To)> ByDistance()
    {
        int[] order = [.. Enumerable.Range(0, _neighbours.Length)];
        int[] from = new int[order.Length];
        for (int i = 0; i < Count; i++)
        {
            Array.Fill(from, i, _starts[i], _starts[i + 1] - _starts[i]);
        }

        // LINQ's sort is stable.
        return order.OrderBy(edge => _squaredDistances[edge]).Select(edge => (from[edge], _neighbours[edge]));
    }

    private static (int Y, int X, long Squared)[] Offsets(double radius, int height, int width)
    {
        int reachY = (int)Math.Min(radius, height - 1);
        int reachX = (int)Math.Min(radius, width - 1);
        List<(int Y, int X, long Squared)> offsets = [];
        for (int y = -reachY; y <= reachY; y++)
        {
            for (int x = -reachX; x <= reachX; x++)
            {
                long squared = ((long)y * y) + ((long)x * x);
                if (squared <= radius * radius)
                {
                    offsets.Add((y, x, squared));
                }
            }
        }

        return [.. offsets.OrderBy(offset => offset.Squared)];
    }
}
