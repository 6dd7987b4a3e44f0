using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>
/// The nearest centre of each map, by Elkan's bounds (2003): how far a map is from its own centre at most, and from each
/// other one at least. A map whose bounds are apart keeps its centre without being looked at.
/// </summary>
/// <remarks>
/// <para>
/// When a centre moves, the distances to it change by at most its shift, and the bounds with them. Only when they meet,
/// distances are measured: first as |x|^2 + |c|^2 - 2 x c in single precision with a bound of its error, and where that
/// cannot tell, by <see cref="SquaredDistance.Accurate"/>, of whose smallest values the first counts.
/// </para>
/// <para>
/// So labels are those of comparing all accurate distances: a centre is left out only when it is farther by a factor of
/// more than <see cref="Apart"/>, a thousand times the relative error of an accurate distance. Bounds are rounded
/// outwards. Keeps its buffers for the next image.
/// </para>
/// </remarks>
internal sealed class CentreBounds
{
    private const double Apart = 1 + 1e-9;
    private const int Grain = 32;

    // A product and a difference are off by 2^-53 of the bound each.
    private static readonly double Shrink = 1 - Math.ScaleB(1, -51);
    private static readonly double Swell = 1 + Math.ScaleB(1, -51);

    private readonly Action<int, int> _assign;
    private KeptBuffer<double> _mapNorms;
    private KeptBuffer<double> _centreNorms;
    private KeptBuffer<double> _upper;
    private KeptBuffer<double> _lower;
    private KeptBuffer<double> _negativeShifts;
    private MapRows _maps;
    private float[] _centres = [];
    private int[] _labels = [];
    private int _count;
    private int _changes;
    private bool _moved;

    public CentreBounds() => _assign = Assign;

    /// <summary>The sum of all squared values of the maps, but for rounding; known after the first assignment.</summary>
    public double SquaredNorms
    {
        get
        {
            double sum = 0;
            foreach (double norm in _mapNorms.Array.AsSpan(0, _maps.Count))
            {
                sum += norm;
            }

            return sum;
        }
    }

    /// <summary>Starts with nothing known.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="centres">The centres, one after the other; read whenever maps are assigned.</param>
    /// <param name="count">Number of centres.</param>
    /// <param name="labels">Takes the centre of each map; set to -1.</param>
    public void Start(MapRows maps, float[] centres, int count, int[] labels)
    {
        (_maps, _centres, _count, _labels, _moved) = (maps, centres, count, labels, false);
        labels.AsSpan(0, maps.Count).Fill(-1);
        _mapNorms.Take(maps.Count);
        _upper.Take(maps.Count).Fill(double.PositiveInfinity);
        _lower.Take(checked(maps.Count * count)).Clear();
        _negativeShifts.Take(count).Clear();
        Span<double> norms = _centreNorms.Take(count);
        for (int k = 0; k < count; k++)
        {
            norms[k] = SquaredDistance.Norm(Centre(k));
        }
    }

    /// <summary>Lets the maps go.</summary>
    public void Clear() => (_maps, _centres, _labels) = (default, [], []);

    /// <summary>Says that a centre has moved since the last assignment.</summary>
    /// <param name="centre">Which; its new values are in place.</param>
    /// <param name="squaredShift">The accurate squared distance to where it was.</param>
    public void Moved(int centre, double squaredShift)
    {
        _negativeShifts.Array[centre] = -Math.Sqrt(squaredShift) * Apart;
        _centreNorms.Array[centre] = SquaredDistance.Norm(Centre(centre));
        _moved = true;
    }

    /// <summary>Gives every map to its nearest centre, the first of equally near ones.</summary>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>Whether a label changed.</returns>
    public bool Assign(int degree, CancellationToken cancellationToken)
    {
        _changes = 0;
        RowParallel.For(_maps.Count, Grain, degree, _assign, cancellationToken);
        _negativeShifts.Array.AsSpan(0, _count).Clear();
        _moved = false;
        return _changes > 0;
    }

    private ReadOnlySpan<float> Centre(int index) => _centres.AsSpan(index * _maps.Tokens, _maps.Tokens);

    private void Assign(int from, int to)
    {
        ReadOnlySpan<double> shifts = _negativeShifts.Array.AsSpan(0, _count);
        for (int i = from; i < to; i++)
        {
            // The bound to the own centre is infinite: it is no rival of itself.
            Span<double> lower = _lower.Array.AsSpan(i * _count, _count);
            int label = _labels[i];
            if (label < 0)
            {
                _mapNorms.Array[i] = SquaredDistance.Norm(_maps.Row(i));
            }
            else if (_moved)
            {
                TensorPrimitives.MultiplyAdd(lower, Shrink, shifts, lower);
                _upper.Array[i] = (_upper.Array[i] - shifts[label]) * Swell;
            }

            if (label < 0 || TensorPrimitives.Min(lower) <= _upper.Array[i] * Apart)
            {
                int nearest = Nearest(i, label, lower);
                if (nearest != label)
                {
                    _labels[i] = nearest;
                    Interlocked.Increment(ref _changes);
                }
            }
        }
    }

    private int Nearest(int map, int label, Span<double> lower)
    {
        double upper = _upper.Array[map];
        Span<int> group = stackalloc int[DotProducts.Group];
        int grouped = 0;
        if (label >= 0)
        {
            group[grouped++] = label;
        }

        for (int k = 0; k < _count; k++)
        {
            if (k != label && lower[k] <= upper * Apart)
            {
                group[grouped++] = k;
            }

            if (grouped == DotProducts.Group || (k == _count - 1 && grouped > 0))
            {
                upper = Math.Min(upper, Measure(map, group[..grouped], lower));
                grouped = 0;
            }
        }

        int nearest = Decide(map, lower, ref upper);
        _upper.Array[map] = upper;
        lower[nearest] = double.PositiveInfinity;
        return nearest;
    }

    /// <summary>Bounds the distances of a map to up to four centres.</summary>
    /// <returns>An upper bound of the smallest of them.</returns>
    private double Measure(int map, ReadOnlySpan<int> centres, Span<double> lower)
    {
        Span<int> four = stackalloc int[DotProducts.Group];
        four.Fill(centres[0]);
        centres.CopyTo(four);
        Span<float> products = stackalloc float[DotProducts.Group];
        DotProducts.Four(_maps.Row(map), _centres, four, products);
        double upper = double.PositiveInfinity;
        for (int j = 0; j < centres.Length; j++)
        {
            double norms = _mapNorms.Array[map] + _centreNorms.Array[centres[j]];
            double squared = norms - (2.0 * products[j]);
            double error = (2 * DotProducts.Error(products[j], _maps.Tokens)) + SquaredDistance.Error(norms, _maps.Tokens);
            lower[centres[j]] = Math.Sqrt(Math.Max(0, squared - error)) * Shrink;
            upper = Math.Min(upper, Math.Sqrt(Math.Max(0, squared + error)) * Swell);
        }

        return upper;
    }

    private int Decide(int map, Span<double> lower, ref double upper)
    {
        int only = lower.IndexOfAnyInRange(double.NegativeInfinity, upper * Apart);
        if (!lower[(only + 1)..].ContainsAnyInRange(double.NegativeInfinity, upper * Apart))
        {
            return only;
        }

        int best = -1;
        double bestSquared = double.PositiveInfinity;
        for (int k = only; k < lower.Length; k++)
        {
            if (lower[k] <= upper * Apart)
            {
                double squared = SquaredDistance.Accurate(_maps.Row(map), Centre(k));
                lower[k] = Math.Sqrt(squared) / Apart;
                if (squared < bestSquared)
                {
                    (best, bestSquared) = (k, squared);
                }
            }
        }

        upper = Math.Sqrt(bestSquared) * Apart;
        return best;
    }
}
