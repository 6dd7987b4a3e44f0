namespace DiffSeg;

/// <summary>Lloyd's iterations.</summary>
internal sealed class Lloyd
{
    private const int Grain = 32;
    private readonly MapRows _maps;
    private readonly KMeansOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly int[] _labels;
    private float[] _centres;

    /// <summary>Prepares a run.</summary>
    /// <param name="maps">What to cluster.</param>
    /// <param name="centres">Start centres; overwritten.</param>
    /// <param name="options">When to stop.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public Lloyd(MapRows maps, float[] centres, KMeansOptions options, CancellationToken cancellationToken)
    {
        _maps = maps;
        _centres = centres;
        _options = options;
        _cancellationToken = cancellationToken;
        _labels = new int[maps.Count];
    }

    private int Clusters => _centres.Length / _maps.Tokens;

    /// <summary>Iterates until the labels or the centres settle.</summary>
    /// <param name="progress">Told the iterations done.</param>
    /// <returns>Labels of the final centres.</returns>
    public KMeansResult Run(IProgress<int>? progress)
    {
        double settled = _options.Tolerance == 0 ? 0 : _options.Tolerance * MeanVariance();
        Array.Fill(_labels, -1);
        bool unchanged = false;
        int iterations = 0;
        while (iterations < _options.MaxIterations)
        {
            unchanged = !Assign();
            double shift = MoveCentres();
            iterations++;
            progress?.Report(iterations);
            if (unchanged || shift <= settled)
            {
                break;
            }
        }

        if (!unchanged)
        {
            // The centres moved last: once more the labels that belong to them.
            Assign();
        }

        return new KMeansResult(_labels, _centres, iterations, OwnDistances().Sum());
    }

    private ReadOnlySpan<float> Centre(int cluster) => _centres.AsSpan(cluster * _maps.Tokens, _maps.Tokens);

    /// <summary>Gives every map to its nearest centre.</summary>
    /// <returns>Whether a label changed.</returns>
    private bool Assign()
    {
        NearestCentre nearest = new(_centres, _maps.Tokens);
        int changes = 0;
        RowParallel.For(
            _maps.Count,
            Grain,
            _options.MaxDegreeOfParallelism,
            (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    int label = nearest.Of(_maps.Row(i));
                    if (label != _labels[i])
                    {
                        _labels[i] = label;
                        Interlocked.Increment(ref changes);
                    }
                }
            },
            _cancellationToken);
        return changes > 0;
    }

    /// <summary>Moves every centre to the mean of its maps.</summary>
    /// <returns>The summed squared shift.</returns>
    private double MoveCentres()
    {
        MatchMatrix members = new(Clusters, _maps.Count);
        int[] owners = OwnersWithoutEmpty();
        for (int i = 0; i < owners.Length; i++)
        {
            members.Set(owners[i], i);
        }

        float[] moved = MatchMean.Of(members, _maps, _options.MaxDegreeOfParallelism, _cancellationToken).Values;
        for (int cluster = 0; cluster < Clusters; cluster++)
        {
            // Still empty, as there was no cluster to take a map from: stays where it is.
            if (members.CountOf(cluster) == 0)
            {
                Centre(cluster).CopyTo(moved.AsSpan(cluster * _maps.Tokens));
            }
        }

        double shift = SquaredDistance.Accurate(moved, _centres);
        _centres = moved;
        return shift;
    }

    /// <summary>The labels, where each empty cluster was given the farthest map of the others.</summary>
    private int[] OwnersWithoutEmpty()
    {
        int[] sizes = new int[Clusters];
        foreach (int label in _labels)
        {
            sizes[label]++;
        }

        if (Array.IndexOf(sizes, 0) < 0)
        {
            return _labels;
        }

        int[] owners = [.. _labels];
        double[] distances = OwnDistances();
        Queue<int> farthest = new(Enumerable.Range(0, owners.Length).OrderByDescending(i => distances[i]));
        for (int cluster = 0; cluster < sizes.Length; cluster++)
        {
            while (sizes[cluster] == 0 && farthest.TryDequeue(out int i))
            {
                if (sizes[owners[i]] > 1)
                {
                    sizes[owners[i]]--;
                    sizes[cluster]++;
                    owners[i] = cluster;
                }
            }
        }

        return owners;
    }

    // Of each map to the centre of its own cluster.
    private double[] OwnDistances() => SquaredDistances(map => Centre(_labels[map]));

    private double[] SquaredDistances(Func<int, ReadOnlySpan<float>> centreOf)
    {
        double[] distances = new double[_maps.Count];
        RowParallel.For(
            _maps.Count,
            Grain,
            _options.MaxDegreeOfParallelism,
            (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    distances[i] = SquaredDistance.Accurate(_maps.Row(i), centreOf(i));
                }
            },
            _cancellationToken);
        return distances;
    }

    /// <summary>The variance of each of the N features over the maps, averaged over the features.</summary>
    private double MeanVariance()
    {
        MatchMatrix all = new(1, _maps.Count);
        for (int i = 0; i < _maps.Count; i++)
        {
            all.Set(0, i);
        }

        float[] mean = MatchMean.Of(all, _maps, _options.MaxDegreeOfParallelism, _cancellationToken).Values;
        return SquaredDistances(_ => mean).Sum() / ((double)_maps.Count * _maps.Tokens);
    }
}
