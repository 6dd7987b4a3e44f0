using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The weighted sum of all resolutions, map by map; of the whole map or of a window.</summary>
internal sealed class AttentionPyramid
{
    /// <summary>Query tokens per range: a cell of 8 x 8 of them, in the usual ladder 64:32:16:8.</summary>
    private const int Grain = 64;

    private readonly Stack<QueryWalk> _walks = [];
    private readonly AttentionLadder _ladder;
    private readonly CoarseLevel[] _coarse;
    private readonly LevelMean _finest;
    private readonly MapScale _scale;
    private readonly SpareBuffers _buffers;
    private readonly int[] _order;
    private readonly int[] _queries;
    private readonly float _weight;
    private readonly double _mass;
    private readonly int _degree;
    private readonly int _width;
    private readonly Action<int, int> _sumMaps;
    private TensorRows? _last;
    private float[]? _result;

    /// <summary>Prepares the sum.</summary>
    /// <param name="ladder">The resolutions.</param>
    /// <param name="means">The mean maps of each resolution.</param>
    /// <param name="scale">Gives the factors.</param>
    /// <param name="buffers">Where the memory of the result comes from.</param>
    /// <param name="options">Weights and threads.</param>
    public AttentionPyramid(
        AttentionLadder ladder, LevelMean[] means, MapScale scale, SpareBuffers buffers, AggregationOptions options)
    {
        _ladder = ladder;
        _finest = means[0];
        _scale = scale;
        _buffers = buffers;
        _degree = options.MaxDegreeOfParallelism;
        float[] weights = ladder.Weights(options);
        _weight = weights[0];
        _mass = weights.Sum(w => (double)w);
        _coarse = [.. Enumerable.Range(1, means.Length - 1)
            .Select(level => new CoarseLevel(ladder, level, weights[level], means[level], scale))];
        _order = ladder.QueryOrder();
        _queries = new int[_order.Length];
        _width = ladder.Levels[0].Width;
        _sumMaps = SumMaps;
        Show(TokenWindow.Whole(ladder.Levels[0].Height, _width));
    }

    /// <summary>The tokens whose maps are summed, and that the maps show.</summary>
    public TokenWindow Window { get; private set; }

    /// <summary>What each map of the result sums to: the sum of the weights, or 1 in a window.</summary>
    public double Mass => IsWhole ? _mass : 1;

    private bool IsWhole => Window.Tokens == _order.Length;

    private long ResultLength => (long)Window.Tokens * Window.Tokens;

    /// <summary>Chooses the tokens.</summary>
    /// <param name="window">Inside the map of the finest resolution.</param>
    public void Show(TokenWindow window)
    {
        if (window == Window)
        {
            return;
        }

        Window = window;
        int count = 0;
        foreach (int query in _order)
        {
            if (window.IndexOf(query, _width) >= 0)
            {
                _queries[count++] = query;
            }
        }
    }

    /// <summary>Sums the resolutions; each map is divided by its sum and weighted.</summary>
    /// <param name="last">
    /// The last tensor of the finest resolution, which then goes straight into the result; null when all of it was
    /// gathered before.
    /// </param>
    public void Sum(TensorRows? last)
    {
        if (IsWhole)
        {
            _finest.Reserve();
        }
        else
        {
            // Of the length of the whole map, so that it serves the next picture too, whatever its window.
            _result ??= _buffers.Rent(_order.Length * _order.Length);
        }

        _last = last;
        RowParallel.For(Window.Tokens, Grain, _degree, _sumMaps);
        _last = null;
    }

    /// <summary>Gives the result away.</summary>
    /// <returns>The maps, one after the other, and perhaps room after the last.</returns>
    /// <exception cref="AttentionException">A map could not be scaled.</exception>
    public float[] TakeResult()
    {
        _scale.ThrowIfFailed(_ladder, Window);
        if (IsWhole)
        {
            return _finest.Detach();
        }

        float[] result = _result!;
        _result = null;
        return result;
    }

    private void SumMaps(int from, int to)
    {
        QueryWalk walk = TakeWalk();
        for (int i = from; i < to; i++)
        {
            int query = _queries[i];
            ReadOnlySpan<float> map = FinestMap(query, walk.Row, out float sum);
            ReadOnlySpan<float> coarse = walk.CoarseSum(query);
            ReadOnlySpan<float> next = FirstOf(_queries[Math.Min(i + 1, to - 1)]);
            float scale = _scale.Of(_weight, sum, 0, query);
            if (IsWhole)
            {
                RowScale.Write(map, scale, coarse, _finest.Map(query), next, ResultLength);
                continue;
            }

            Span<float> shown = walk.Shown;
            Window.CopyFrom(map, _width, shown);
            RowScale.Store(shown, scale, coarse, shown);
            float share = _scale.OfWindow(RowSum.Of(shown), query);
            int index = Window.IndexOf(query, _width);
            Span<float> destination = _result.AsSpan(index * shown.Length, shown.Length);
            RowScale.Write(shown, share, walk.Zeros, destination, next, ResultLength);
        }

        lock (_walks)
        {
            _walks.Push(walk);
        }
    }

    // The sum over the layers, as in LevelMean; the last one is added on the way.
    private ReadOnlySpan<float> FinestMap(int query, Span<float> scratch, out float sum)
    {
        if (_last is null)
        {
            ReadOnlySpan<float> gathered = _finest.Map(query);
            sum = RowSum.Of(gathered);
            return gathered;
        }

        ReadOnlySpan<float> mean = _last.Mean(query, scratch, out sum);
        if (_finest.IsEmpty)
        {
            return mean;
        }

        TensorPrimitives.Add(_finest.Map(query), mean, scratch);
        sum = RowSum.Of(scratch);
        return scratch;
    }

    private ReadOnlySpan<float> FirstOf(int query) => _last is null ? _finest.Map(query) : _last.FirstHead(query);

    private QueryWalk TakeWalk()
    {
        QueryWalk? walk;
        lock (_walks)
        {
            _walks.TryPop(out walk);
        }

        walk ??= new QueryWalk(_coarse, _order.Length);
        walk.Restart(Window);
        return walk;
    }
}
