using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The weighted sum of all resolutions, row by row into the memory of the finest.</summary>
internal sealed class AttentionPyramid
{
    /// <summary>Query tokens per range: a cell of 8 x 8 of them, in the usual ladder 64:32:16:8.</summary>
    private const int Grain = 64;

    /// <summary>A result beyond this is out of the caches before anyone reads it.</summary>
    private const long CachedBytes = 16 << 20;

    private readonly Stack<QueryWalk> _walks = [];
    private readonly CoarseLevel[] _coarse;
    private readonly LevelMean _finest;
    private readonly MapScale _scale;
    private readonly int[] _order;
    private readonly float _weight;
    private readonly int _degree;
    private readonly Action<int, int> _sumRows;
    private TensorRows? _last;

    /// <summary>Prepares the sum.</summary>
    /// <param name="ladder">The resolutions.</param>
    /// <param name="weights">One weight per resolution.</param>
    /// <param name="means">The mean maps of each resolution.</param>
    /// <param name="scale">Gives the factors.</param>
    /// <param name="degree">Threads at most.</param>
    public AttentionPyramid(
        AttentionLadder ladder, float[] weights, LevelMean[] means, MapScale scale, int degree)
    {
        _coarse = [.. Enumerable.Range(1, means.Length - 1)
            .Select(level => new CoarseLevel(ladder, level, weights[level], means[level], scale))];
        _finest = means[0];
        _weight = weights[0];
        _scale = scale;
        _order = ladder.QueryOrder();
        _degree = degree;
        _sumRows = SumRows;
        Mass = weights.Sum(w => (double)w);
    }

    /// <summary>What each map of the result sums to: the sum of the weights.</summary>
    public double Mass { get; }

    /// <summary>Sums the resolutions; each map is divided by its sum and weighted.</summary>
    /// <param name="last">
    /// The last tensor of the finest resolution, which then goes straight into the result; null when all of it was
    /// gathered before.
    /// </param>
    public void Sum(TensorRows? last)
    {
        _finest.Reserve();
        _last = last;
        RowParallel.For(_order.Length, Grain, _degree, _sumRows);
        _last = null;
    }

    private void SumRows(int from, int to)
    {
        QueryWalk walk = TakeWalk();
        bool stream = (long)_order.Length * _order.Length * sizeof(float) > CachedBytes;
        for (int i = from; i < to; i++)
        {
            int query = _order[i];
            ReadOnlySpan<float> row = FinestMap(query, walk.Row, out float sum);
            float scale = _scale.Of(_weight, sum, 0, query);
            if (stream)
            {
                RowScale.Stream(row, scale, walk.CoarseSum(query), _finest.Map(query), ComingRow(_order[Math.Min(i + 1, to - 1)]));
            }
            else
            {
                RowScale.Store(row, scale, walk.CoarseSum(query), _finest.Map(query));
            }
        }

        lock (_walks)
        {
            _walks.Push(walk);
        }
    }

    // The sum over the layers, as in LevelMean; the last one is added on the way.
    private ReadOnlySpan<float> FinestMap(int query, Span<float> scratch, out float sum)
    {
        Span<float> gathered = _finest.Map(query);
        if (_last is null)
        {
            sum = RowSum.Of(gathered);
            return gathered;
        }

        ReadOnlySpan<float> mean = _last.Mean(query, scratch, out sum);
        if (_finest.IsEmpty)
        {
            return mean;
        }

        TensorPrimitives.Add(gathered, mean, scratch);
        sum = RowSum.Of(scratch);
        return scratch;
    }

    private ReadOnlySpan<float> ComingRow(int query) => _last is null ? _finest.Map(query) : _last.FirstHead(query);

    private QueryWalk TakeWalk()
    {
        QueryWalk? walk;
        lock (_walks)
        {
            _walks.TryPop(out walk);
        }

        walk ??= new QueryWalk(_coarse, _finest.Tokens);
        walk.Restart();
        return walk;
    }
}
