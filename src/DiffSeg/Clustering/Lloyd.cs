namespace DiffSeg;

/// <summary>Lloyd's iterations: every map to its nearest centre, every centre to the mean of its maps.</summary>
/// <remarks>Keeps its buffers for the next image and serves one caller at a time.</remarks>
internal sealed class Lloyd
{
    private const int Grain = 32;
    private readonly CentreBounds _bounds = new();
    private readonly ClusterMeans _means = new();
    private readonly FeatureSpread _spread = new();
    private readonly Action<int, int> _measureShifts;
    private readonly Action<int, int> _measureOwn;
    private KeptBuffer<int> _labels;
    private KeptBuffer<int> _owners;
    private KeptBuffer<int> _sizes;
    private KeptBuffer<float> _centres;
    private KeptBuffer<float> _moved;
    private KeptBuffer<double> _shifts;
    private KeptBuffer<double> _distances;
    private MapRows _maps;
    private KMeansOptions _options = null!;
    private CancellationToken _cancellationToken;
    private int _clusters;

    public Lloyd()
    {
        _measureShifts = MeasureShifts;
        _measureOwn = MeasureOwn;
    }

    /// <summary>Iterations done.</summary>
    public int Iterations { get; private set; }

    /// <summary>The cluster of each map.</summary>
    public ReadOnlySpan<int> Labels => _labels.Array.AsSpan(0, _maps.Count);

    /// <summary>The centres, one after the other.</summary>
    public ReadOnlySpan<float> Centres => _centres.Array.AsSpan(0, _clusters * _maps.Tokens);

    /// <summary>Iterates until the labels or the centres settle; the results stand until <see cref="Clear"/>.</summary>
    /// <param name="maps">What to cluster.</param>
    /// <param name="start">Start centres, one after the other; finite, not negative as the maps.</param>
    /// <param name="options">When to stop.</param>
    /// <param name="progress">Told the iterations done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Run(
        MapRows maps,
        ReadOnlySpan<float> start,
        KMeansOptions options,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        (_maps, _options, _cancellationToken) = (maps, options, cancellationToken);
        _clusters = start.Length / maps.Tokens;
        start.CopyTo(_centres.Take(start.Length));
        _moved.Take(start.Length);
        _labels.Take(maps.Count);
        _shifts.Take(_clusters);
        _bounds.Start(maps, _centres.Array, _clusters, _labels.Array);
        _means.Start(maps, _clusters);
        Iterate(progress);
    }

    /// <summary>Lets the maps go.</summary>
    public void Clear()
    {
        _bounds.Clear();
        _means.Clear();
        _maps = default;
        _cancellationToken = default;
    }

    /// <summary>The mean of the maps of each cluster as it is labelled now; of an empty one its last centre.</summary>
    /// <param name="destination">Takes the means, one after the other.</param>
    public void MeansInto(float[] destination)
    {
        Centres.CopyTo(destination);
        _means.Update(Labels, destination, _options.MaxDegreeOfParallelism, _cancellationToken);
    }

    /// <summary>The summed squared distances of all maps to their centres.</summary>
    /// <returns>The sum.</returns>
    public double Inertia()
    {
        double sum = 0;
        foreach (double distance in OwnDistances())
        {
            sum += distance;
        }

        return sum;
    }

    private void Iterate(IProgress<int>? progress)
    {
        bool unchanged = false;
        bool settled = false;
        Iterations = 0;
        while (Iterations < _options.MaxIterations && !unchanged && !settled)
        {
            unchanged = !_bounds.Assign(_options.MaxDegreeOfParallelism, _cancellationToken);
            settled = MoveCentres();
            Iterations++;
            progress?.Report(Iterations);
        }

        if (!unchanged)
        {
            // The centres moved last: once more the labels that belong to them.
            _bounds.Assign(_options.MaxDegreeOfParallelism, _cancellationToken);
        }
    }

    /// <summary>Moves every centre to the mean of its maps.</summary>
    /// <returns>Whether the centres have settled.</returns>
    private bool MoveCentres()
    {
        int degree = _options.MaxDegreeOfParallelism;
        _means.Update(OwnersWithoutEmpty(), _moved.Array, degree, _cancellationToken);
        RowParallel.For(_clusters, 1, degree, _measureShifts, _cancellationToken);
        bool settled = Settled();
        for (int cluster = 0; cluster < _clusters; cluster++)
        {
            if (HasMoved(cluster))
            {
                Row(_moved, cluster).CopyTo(Row(_centres, cluster));
                _bounds.Moved(cluster, _shifts.Array[cluster]);
            }
        }

        return settled;
    }

    // A cluster still empty, as there was no other to take a map from, stays where it is.
    private bool HasMoved(int cluster) => _means.Changed[cluster] && _means.Sizes[cluster] > 0;

    private Span<float> Row(in KeptBuffer<float> rows, int cluster) =>
        rows.Array.AsSpan(cluster * _maps.Tokens, _maps.Tokens);

    private void MeasureShifts(int from, int to)
    {
        for (int cluster = from; cluster < to; cluster++)
        {
            _shifts.Array[cluster] = HasMoved(cluster)
                ? SquaredDistance.Accurate(Row(_moved, cluster), Row(_centres, cluster))
                : 0;
        }
    }

    /// <summary>Whether the summed squared shift is at most the tolerated share of the mean variance.</summary>
    private bool Settled()
    {
        if (Iterations == 0)
        {
            _spread.Estimate(_maps, _bounds.SquaredNorms, _moved.Array, _means.Sizes);
        }

        double shift = 0;
        foreach (double part in _shifts.Array.AsSpan(0, _clusters))
        {
            shift += part;
        }

        if (shift == 0 || _options.Tolerance == 0)
        {
            return shift == 0;
        }

        return _spread.Compare(shift, _options.Tolerance) switch
        {
            < 0 => true,
            > 0 => false,
            _ => AccurateShift() <= _options.Tolerance * AccurateVariance(),
        };
    }

    private double AccurateShift()
    {
        double sum = 0;
        for (int cluster = 0; cluster < _clusters; cluster++)
        {
            if (HasMoved(cluster))
            {
                sum = SquaredDistance.Accurate(Row(_moved, cluster), Row(_centres, cluster), sum);
            }
        }

        return sum;
    }

    /// <summary>The variance of each of the N features over the maps, averaged over the features.</summary>
    private double AccurateVariance()
    {
        MatchMatrix all = new(1, _maps);
        for (int i = 0; i < _maps.Count; i++)
        {
            all.Set(0, i);
        }

        float[] mean = MatchMean.Of(all, _maps, _options.MaxDegreeOfParallelism, _cancellationToken).Values;
        double sum = 0;
        for (int i = 0; i < _maps.Count; i++)
        {
            sum += SquaredDistance.Accurate(_maps.Row(i), mean);
        }

        return sum / ((double)_maps.Count * _maps.Tokens);
    }

    /// <summary>The labels, where each empty cluster was given the farthest map of the others.</summary>
    private ReadOnlySpan<int> OwnersWithoutEmpty()
    {
        Span<int> sizes = _sizes.Take(_clusters);
        sizes.Clear();
        foreach (int label in Labels)
        {
            sizes[label]++;
        }

        if (!sizes.Contains(0))
        {
            return Labels;
        }

        Span<int> owners = _owners.Take(_maps.Count);
        Labels.CopyTo(owners);
        Span<double> distances = OwnDistances();
        int left = distances.Length;
        for (int cluster = 0; cluster < sizes.Length; cluster++)
        {
            while (sizes[cluster] == 0 && left-- > 0)
            {
                int farthest = Farthest(distances);
                distances[farthest] = double.NegativeInfinity;
                if (sizes[owners[farthest]] > 1)
                {
                    sizes[owners[farthest]]--;
                    sizes[cluster]++;
                    owners[farthest] = cluster;
                }
            }
        }

        return owners;
    }

    private static int Farthest(ReadOnlySpan<double> distances)
    {
        int farthest = 0;
        for (int i = 1; i < distances.Length; i++)
        {
            if (distances[i] > distances[farthest])
            {
                farthest = i;
            }
        }

        return farthest;
    }

    // Of each map to the centre of its own cluster.
    private Span<double> OwnDistances()
    {
        Span<double> distances = _distances.Take(_maps.Count);
        RowParallel.For(_maps.Count, Grain, _options.MaxDegreeOfParallelism, _measureOwn, _cancellationToken);
        return distances;
    }

    private void MeasureOwn(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _distances.Array[i] = SquaredDistance.Accurate(_maps.Row(i), Row(_centres, Labels[i]));
        }
    }
}
