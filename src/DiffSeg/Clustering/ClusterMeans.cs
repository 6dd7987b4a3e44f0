using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The mean of each cluster's maps, made anew only from what changed.</summary>
/// <remarks>
/// Maps are added in order, in blocks of 64 and then block to block. The sum
/// of a cluster's maps in a block is kept until one of them comes or goes; late in k-means most stay. Segments being
/// regions of the picture, a cluster has maps in some of the blocks only; there are never more sums than maps. Keeps
/// its buffers for the next image.
/// </remarks>
internal sealed class ClusterMeans
{
    private const int BlockSize = MatchMatrix.WordSize;
    private readonly Action<int, int> _sumBlocks;
    private readonly Action<int, int> _addBlocks;
    private readonly Stack<float[]> _spare = [];
    private KeptBuffer<float[]?> _sums;
    private KeptBuffer<bool> _stale;
    private KeptBuffer<bool> _changed;
    private KeptBuffer<int> _sizes;
    private KeptBuffer<int> _owners;
    private MapRows _maps;
    private float[] _means = [];
    private int _clusters;
    private int _blocks;

    public ClusterMeans()
    {
        _sumBlocks = SumBlocks;
        _addBlocks = AddBlocks;
    }

    /// <summary>Which clusters the last update gave another mean.</summary>
    public ReadOnlySpan<bool> Changed => _changed.Array.AsSpan(0, _clusters);

    /// <summary>Maps of each cluster.</summary>
    public ReadOnlySpan<int> Sizes => _sizes.Array.AsSpan(0, _clusters);

    /// <summary>Starts with all clusters empty.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="clusters">Number of clusters.</param>
    public void Start(MapRows maps, int clusters)
    {
        if (_spare.TryPeek(out float[]? spare) && spare.Length != maps.Tokens)
        {
            _spare.Clear();
        }

        _maps = maps;
        _clusters = clusters;
        _blocks = (maps.Count + BlockSize - 1) / BlockSize;
        _sums.Take(_blocks * clusters).Clear();
        _stale.Take(_blocks * clusters).Clear();
        _changed.Take(clusters).Clear();
        _sizes.Take(clusters).Clear();
        _owners.Take(maps.Count).Fill(-1);
    }

    /// <summary>Lets the maps go, and the sums for the next image.</summary>
    public void Clear()
    {
        foreach (ref float[]? sum in _sums.Array.AsSpan(0, _blocks * _clusters))
        {
            if (sum is not null)
            {
                _spare.Push(sum);
                sum = null;
            }
        }

        (_maps, _means) = (default, []);
    }

    /// <summary>Computes the mean of every cluster that gained or lost a map since the last update.</summary>
    /// <param name="owners">The cluster of each map.</param>
    /// <param name="means">Takes the means of the clusters that changed and are not empty.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    public void Update(ReadOnlySpan<int> owners, float[] means, int degree, CancellationToken cancellationToken)
    {
        _changed.Array.AsSpan(0, _clusters).Clear();
        for (int i = 0; i < owners.Length; i++)
        {
            int before = _owners.Array[i];
            if (before != owners[i])
            {
                _owners.Array[i] = owners[i];
                Touch(i / BlockSize, owners[i], 1);
                if (before >= 0)
                {
                    Touch(i / BlockSize, before, -1);
                }
            }
        }

        _means = means;
        RowParallel.For(_blocks, 1, degree, _sumBlocks, cancellationToken);
        RowParallel.For(_clusters, 1, degree, _addBlocks, cancellationToken);
    }

    private void Touch(int block, int cluster, int maps)
    {
        _stale.Array[(block * _clusters) + cluster] = true;
        _changed.Array[cluster] = true;
        _sizes.Array[cluster] += maps;
    }

    private void SumBlocks(int from, int to)
    {
        for (int block = from; block < to; block++)
        {
            int first = block * BlockSize;
            ReadOnlySpan<int> owners = _owners.Array.AsSpan(first, Math.Min(BlockSize, _maps.Count - first));
            for (int cluster = 0; cluster < _clusters; cluster++)
            {
                int index = (block * _clusters) + cluster;
                if (_stale.Array[index])
                {
                    _stale.Array[index] = false;
                    _sums.Array[index] = Sum(owners, first, cluster, _sums.Array[index]);
                }
            }
        }
    }

    /// <summary>The sum of a cluster's maps in a block, null where it has none there.</summary>
    private float[]? Sum(ReadOnlySpan<int> owners, int first, int cluster, float[]? sum)
    {
        bool empty = true;
        for (int i = 0; i < owners.Length; i++)
        {
            if (owners[i] != cluster)
            {
                continue;
            }

            ReadOnlySpan<float> map = _maps.Row(first + i);
            if (empty)
            {
                sum ??= TakeSpare();
                TensorPrimitives.Add(map, 0, sum);
                empty = false;
            }
            else
            {
                TensorPrimitives.Add(sum, map, sum);
            }
        }

        if (empty && sum is not null)
        {
            lock (_spare)
            {
                _spare.Push(sum);
            }
        }

        return empty ? null : sum;
    }

    private float[] TakeSpare()
    {
        lock (_spare)
        {
            if (_spare.TryPop(out float[]? spare))
            {
                return spare;
            }
        }

        return new float[_maps.Tokens];
    }

    private void AddBlocks(int from, int to)
    {
        for (int cluster = from; cluster < to; cluster++)
        {
            if (!Changed[cluster] || Sizes[cluster] == 0)
            {
                continue;
            }

            Span<float> mean = _means.AsSpan(cluster * _maps.Tokens, _maps.Tokens);
            mean.Clear();
            for (int block = 0; block < _blocks; block++)
            {
                if (_sums.Array[(block * _clusters) + cluster] is { } sum)
                {
                    TensorPrimitives.Add(mean, sum, mean);
                }
            }

            TensorPrimitives.Divide(mean, Sizes[cluster], mean);
        }
    }
}
