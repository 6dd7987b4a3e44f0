namespace DiffSeg;

/// <summary>The nearest of a set of centres.</summary>
/// <remarks>
/// |x - c|^2 and 1/2 |c|^2 - x c order the centres alike. Each product comes with a bound of its rounding error; when
/// the bounds of several centres overlap at the minimum, double precision decides among them.
/// </remarks>
internal sealed class NearestCentre
{
    private readonly float[] _centres;
    private readonly int _length;
    private readonly double[] _halfNorms;
    private readonly double _relativeError;

    /// <summary>Prepares the centres.</summary>
    /// <param name="centres">All centres, one after the other; finite, not negative as the maps.</param>
    /// <param name="length">Values per centre.</param>
    public NearestCentre(float[] centres, int length)
    {
        _centres = centres;
        _length = length;
        float[] origin = new float[length];
        _halfNorms = [.. Enumerable.Range(0, centres.Length / length)
            .Select(c => SquaredDistance.Accurate(centres.AsSpan(c * length, length), origin) / 2)];

        // One rounding per product, one per addition to a lane, 4 among the lanes; twice that for good measure.
        _relativeError = 2 * ((length / Lanes.Count) + 8) * Math.ScaleB(1, -24);
    }

    /// <summary>Finds the centre nearest to a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Index of the centre; the first of equally near ones.</returns>
    public int Of(ReadOnlySpan<float> row)
    {
        int count = _halfNorms.Length;
        using Scratch<double> lowScratch = new(count);
        Span<double> low = lowScratch.Span;
        double bound = double.PositiveInfinity;
        Span<int> chosen = stackalloc int[DotProducts.Group];
        Span<float> products = stackalloc float[DotProducts.Group];
        for (int first = 0; first < count; first += DotProducts.Group)
        {
            int group = Math.Min(DotProducts.Group, count - first);
            for (int k = 0; k < DotProducts.Group; k++)
            {
                chosen[k] = first + Math.Min(k, group - 1);
            }

            DotProducts.Four(row, _centres, chosen, products);
            for (int k = 0; k < group; k++)
            {
                double score = _halfNorms[first + k] - products[k];
                double error = _relativeError * Math.Abs(products[k]);
                low[first + k] = score - error;
                bound = Math.Min(bound, score + error);
            }
        }

        return Decide(row, low, bound);
    }

    private int Decide(ReadOnlySpan<float> row, ReadOnlySpan<double> low, double bound)
    {
        int best = -1;
        double bestDistance = double.PositiveInfinity;
        for (int i = 0; i < low.Length; i++)
        {
            if (low[i] > bound)
            {
                continue;
            }

            if (best < 0 && !low[(i + 1)..].ContainsAnyInRange(double.NegativeInfinity, bound))
            {
                return i;
            }

            double distance = SquaredDistance.Accurate(row, _centres.AsSpan(i * _length, _length));
            if (distance < bestDistance)
            {
                (best, bestDistance) = (i, distance);
            }
        }

        return best;
    }
}
