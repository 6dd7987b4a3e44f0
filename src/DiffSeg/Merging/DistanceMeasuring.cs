using System.Numerics;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Fills a <see cref="DistanceTable"/>. Keeps its buffers; for one call at a time.</summary>
/// <remarks>
/// The lower bound from units leaves out what is beyond the ceiling, four neighbouring maps at a time; the rest is summed in
/// full, a few units of all maps of a block before the next ones, so that the anchors' stay in the cache. Every term is at
/// least 0: the rounding is relative to the sum (see <see cref="JeffreysDistance.Uncertainty"/>).
/// </remarks>
internal sealed class DistanceMeasuring
{
    /// <summary>Anchors prepared at a time, which bounds the memory.</summary>
    private const int Batch = 512;

    /// <summary>Anchors that one thread prepares at a time.</summary>
    private const int Grain = 16;

    /// <summary>Units summed in one go.</summary>
    private const int Stretch = 8;

    private static readonly Spares<Block> Blocks = new();

    private readonly UnitMaps _anchors = new();
    private readonly AnchorColumns _columns = new();
    private readonly Action<int, int> _prepareRange;
    private readonly Action<int, int> _measureRange;
    private MapRows _maps;
    private MapOrder _order;
    private int[] _anchorIndex = [];
    private int _firstAnchor;
    private MatchSettings _settings;
    private float _limit;
    private float[] _sums = [];

    /// <summary>An instance, to be used again and again.</summary>
    public DistanceMeasuring()
    {
        _prepareRange = PrepareRange;
        _measureRange = MeasureRange;
    }

    /// <summary>Measures all pairs.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="anchors">Indices of the anchors.</param>
    /// <param name="ceiling">The distance that matters at most.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="sums">
    /// Takes twice the distances: by blocks of 64 maps in <see cref="MapOrder"/>, in a block by anchors. Infinite for pairs
    /// beyond the ceiling, for maps that match nothing, and for places without a map.
    /// </param>
    /// <param name="cancellationToken">Looked at every 64 maps.</param>
    public void Run(
        MapRows maps, int[] anchors, float ceiling, MatchSettings settings, float[] sums, CancellationToken cancellationToken)
    {
        (_maps, _anchorIndex, _settings, _sums, _order) = (maps, anchors, settings, sums, new MapOrder(maps));
        _limit = new DistanceBounds(ceiling, maps.Mass).UnitLimit(UnitSplit.Count(maps.Height, maps.Width));
        try
        {
            for (_firstAnchor = 0; _firstAnchor < anchors.Length; _firstAnchor += Batch)
            {
                int count = Math.Min(Batch, anchors.Length - _firstAnchor);
                _anchors.Reset(count, maps.Height, maps.Width);
                RowParallel.For(count, Grain, settings.MaxDegreeOfParallelism, _prepareRange, cancellationToken);
                _columns.Take(_anchors.Units, _anchors.Excluded);
                RowParallel.For(
                    maps.Count, MatchMatrix.WordSize, settings.MaxDegreeOfParallelism, _measureRange, cancellationToken);
            }
        }
        finally
        {
            (_maps, _anchorIndex, _sums) = (default, [], []);
        }
    }

    private void PrepareRange(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _anchors.Set(i, _maps.Row(_anchorIndex[_firstAnchor + i]), _settings.Zeros);
        }
    }

    /// <summary>Measures one word's worth of maps.</summary>
    private void MeasureRange(int from, int to)
    {
        int begin = ((from / MatchMatrix.WordSize * _anchorIndex.Length) + _firstAnchor) * MatchMatrix.WordSize;
        Span<float> sums = _sums.AsSpan(begin, _anchors.Count * MatchMatrix.WordSize);
        sums.Fill(float.PositiveInfinity);
        Block block = Blocks.Take();
        int size = MapBlock.SizeFor(_maps.Tokens);
        for (int first = from; first < to; first += size)
        {
            block.Load(_maps, _order, first, Math.Min(size, to - first), _anchors.Count, _settings.Zeros);
            Span<float> places = sums[(first - from)..];
            for (int group = 0; group < block.Groups; group++)
            {
                List(block, group, places);
            }

            AddAll(block, places);
        }

        Blocks.Return(block);
    }

    /// <summary>Lists the anchors that the units do not rule out for all of four maps, and begins their sums.</summary>
    private void List(Block block, int group, Span<float> places)
    {
        int map = group * JeffreysTile.Maps;
        Vector128<float> begin = Vector128<float>.Zero;
        for (int i = 0; i < JeffreysTile.Maps; i++)
        {
            if (map + i >= block.Count || block.Maps.Excluded[map + i])
            {
                begin = begin.WithElement(i, float.PositiveInfinity);
            }
        }

        if (Vector128.EqualsAll(begin, Vector128.Create(float.PositiveInfinity)))
        {
            return;
        }

        LogRows units = block.Maps.Units;
        for (int first = 0; first < _anchors.Count; first += JeffreysColumns.Anchors)
        {
            (uint one, uint two) = _columns.Within(first, units, map, _limit);
            (uint three, uint four) = _columns.Within(first, units, map + 2, _limit);
            for (uint within = one | two | three | four; within != 0; within &= within - 1)
            {
                int anchor = first + BitOperations.TrailingZeroCount(within);
                block.List(group, anchor);
                begin.CopyTo(places[((anchor * MatchMatrix.WordSize) + map)..]);
            }
        }
    }

    private void AddAll(Block block, Span<float> places)
    {
        Span<int> stretch = stackalloc int[Stretch];
        int units = block.Maps.Tokens.Chunks;
        for (int start = 0; start < units; start += Stretch)
        {
            Span<int> chunks = stretch[..Math.Min(Stretch, units - start)];
            for (int i = 0; i < chunks.Length; i++)
            {
                chunks[i] = start + i;
            }

            for (int group = 0; group < block.Groups; group++)
            {
                Add(block, group, chunks, places);
            }
        }
    }

    private void Add(Block block, int group, ReadOnlySpan<int> chunks, Span<float> places)
    {
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        ReadOnlySpan<int> listed = block.Listed(group);
        for (int first = 0; first < listed.Length; first += JeffreysTile.Anchors)
        {
            int count = Math.Min(JeffreysTile.Anchors, listed.Length - first);
            for (int k = 0; k < four.Length; k++)
            {
                four[k] = listed[first + Math.Min(k, count - 1)];
            }

            JeffreysTile.Sums(_anchors.Tokens, four, block.Maps.Tokens, group * JeffreysTile.Maps, chunks, added);
            for (int k = 0; k < count; k++)
            {
                Span<float> place = places.Slice((four[k] * MatchMatrix.WordSize) + (group * JeffreysTile.Maps), JeffreysTile.Maps);
                (Vector128.Create<float>(place) + Vector128.Create<float>(added.Slice(JeffreysTile.Maps * k, JeffreysTile.Maps))).CopyTo(place);
            }
        }
    }

    /// <summary>A few neighbouring maps, prepared, and for each four of them the anchors to be measured.</summary>
    private sealed class Block
    {
        private readonly int[] _counts = new int[MapBlock.Largest / JeffreysTile.Maps];
        private int[] _lists = [];
        private int _anchors;

        public UnitMaps Maps { get; } = new();

        public int Count { get; private set; }

        public int Groups => (Count + JeffreysTile.Maps - 1) / JeffreysTile.Maps;

        public ReadOnlySpan<int> Listed(int group) => _lists.AsSpan(group * _anchors, _counts[group]);

        public void List(int group, int anchor) => _lists[(group * _anchors) + _counts[group]++] = anchor;

        public void Load(MapRows maps, MapOrder order, int first, int count, int anchors, ZeroAttention zeros)
        {
            (Count, _anchors) = (count, anchors);
            Array.Clear(_counts);
            if (_lists.Length < _counts.Length * anchors)
            {
                _lists = new int[_counts.Length * anchors];
            }

            // The last one again where their number is no multiple of four.
            Maps.Reset(Groups * JeffreysTile.Maps, maps.Height, maps.Width);
            for (int i = 0; i < Maps.Count; i++)
            {
                Maps.Set(i, maps.Row(order.MapAt(first + Math.Min(i, count - 1))), zeros);
            }
        }
    }
}
