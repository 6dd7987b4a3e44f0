using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Finds all pairs of an anchor and a map whose distance is below a threshold.</summary>
/// <remarks>
/// A pair is settled by the first test that can (see <see cref="PreparedMaps"/>): a lower bound from units; bounds from both
/// sides from cells; the same, tightened by ever more units' exact sums, the roughest first. Within rounding of
/// the threshold, the double precision sum decides, so that the result is the same on every machine. Keeps its buffers; for
/// one call at a time.
/// </remarks>
internal sealed class MapMatcher
{
    /// <summary>
    /// Chunks of cells summed in one go: few enough for those of the anchors in question to stay in the cache from one group of
    /// maps to the next.
    /// </summary>
    private const int Stretch = 16;

    /// <summary>Units summed between two looks at the bounds.</summary>
    private const int Round = 8;

    /// <summary>Anchors prepared at a time, which bounds the memory.</summary>
    private const int Batch = 512;

    /// <summary>Relative rounding of the sums over cells and rests; 87 roundings of 2^-24 in a row make 5.2e-6.</summary>
    private const float Rounding = 2e-5f;

    private static readonly Spares<MapBlock> Blocks = new();

    private readonly PreparedMaps _anchors = new(negateRoughness: true);
    private readonly AnchorColumns _columns = new();
    private readonly Action<int, int> _matchRange;
    private MapRows _maps;
    private int[] _anchorIndex = [];
    private int _firstAnchor;
    private MatchSettings _settings;
    private double _threshold;
    private float _surely;
    private float _never;
    private MatchMatrix _matches = null!;

    /// <summary>A matcher, to be used again and again.</summary>
    public MapMatcher() => _matchRange = MatchRange;

    /// <summary>Compares some of the maps, the anchors, with all of them.</summary>
    /// <param name="maps">All maps.</param>
    /// <param name="anchors">Indices of the anchors.</param>
    /// <param name="anchorCount">How many of them count.</param>
    /// <param name="threshold">A pair matches when its distance is below this (strictly).</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="matches">The matches, one row per anchor; what it held is lost.</param>
    /// <param name="cancellationToken">Looked at every 64 maps.</param>
    public void Match(
        MapRows maps,
        int[] anchors,
        int anchorCount,
        float threshold,
        MatchSettings settings,
        MatchMatrix matches,
        CancellationToken cancellationToken)
    {
        matches.Reset(anchorCount, maps);
        (_maps, _anchorIndex, _settings, _threshold, _matches) = (maps, anchors, settings, threshold, matches);

        // The sums are twice the distance.
        double band = JeffreysDistance.Uncertainty(threshold, maps.Mass);
        _surely = (float)(2 * (threshold - band));
        _never = (float)(2 * (threshold + band));
        for (_firstAnchor = 0; _firstAnchor < anchorCount; _firstAnchor += Batch)
        {
            PrepareAnchors(Math.Min(Batch, anchorCount - _firstAnchor));

            RowParallel.For(
                maps.Count, MapBlock.Largest, settings.MaxDegreeOfParallelism, _matchRange, cancellationToken);
        }

        _maps = default;
    }

    private void PrepareAnchors(int count)
    {
        _anchors.Reset(count, _maps.Height, _maps.Width);
        for (int i = 0; i < count; i++)
        {
            _anchors.Set(i, _maps.Row(_anchorIndex[_firstAnchor + i]), _settings.Zeros);
        }

        _columns.Take(_anchors);
    }

    private void MatchRange(int from, int to)
    {
        MapBlock block = Blocks.Take();
        int size = MapBlock.SizeFor(_maps.Tokens);
        for (int first = from; first < to; first += size)
        {
            block.Load(_maps, _matches.Order, first, Math.Min(size, to - first), _anchors.Count, _settings.Zeros);
            for (int group = 0; group < block.Groups; group++)
            {
                ListCandidates(block, group);
            }

            AddCells(block);
            for (int group = 0; group < block.Groups; group++)
            {
                Settle(block, group);
            }

            AddRests(block);
            for (int group = 0; group < block.Groups; group++)
            {
                Decide(block, group);
            }
        }

        Blocks.Return(block);
    }

    /// <summary>Puts in question what the units do not rule out, and settles the maps that match nothing.</summary>
    private void ListCandidates(MapBlock block, int group)
    {
        int map = group * JeffreysTile.Maps;
        Vector128<float> settled = Vector128<float>.Zero;
        for (int i = 0; i < JeffreysTile.Maps; i++)
        {
            if (map + i >= block.Count || block.Maps.IsExcluded(map + i))
            {
                settled = settled.WithElement(i, float.PositiveInfinity);
            }
        }

        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < _anchors.Count; first += JeffreysColumns.Anchors)
        {
            uint within = Within(block, map, first, settled);
            for (; within != 0; within &= within - 1)
            {
                candidates.Keep(first + BitOperations.TrailingZeroCount(within), settled, Vector128<float>.Zero);
            }
        }

        candidates.Close();
    }

    /// <summary>Which of 32 anchors the units do not rule out for all of four maps.</summary>
    private uint Within(MapBlock block, int map, int first, Vector128<float> settled)
    {
        uint within = 0;
        LogRows units = block.Maps.Units;

        // As many roundings in a row as there are units, and a few.
        float limit = _never / UnitSplit.Tokens * (1 + Math.Max(Rounding, (units.Length + 16) * 1.2e-7f));
        for (int i = 0; i < JeffreysTile.Maps; i += 2)
        {
            (uint one, uint other) = _columns.Within(first, units, map + i, limit);
            within |= (float.IsInfinity(settled[i]) ? 0 : one) | (float.IsInfinity(settled[i + 1]) ? 0 : other);
        }

        return within;
    }

    /// <summary>Sums the cells for all candidates; all maps of the block take one stretch before any takes the next.</summary>
    private void AddCells(MapBlock block)
    {
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Span<int> chunks = stackalloc int[Stretch];
        ChunkRows cells = _anchors.Cells;
        for (int start = 0; start < cells.Chunks; start += chunks.Length)
        {
            chunks = chunks[..Math.Min(Stretch, cells.Chunks - start)];
            for (int i = 0; i < chunks.Length; i++)
            {
                chunks[i] = start + i;
            }

            for (int group = 0; group < block.Groups; group++)
            {
                Candidates candidates = block.Candidates(group);
                for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
                {
                    int count = candidates.Four(first, four);
                    JeffreysTile.Sums(cells, four, block.Maps.Cells, group * JeffreysTile.Maps, chunks, added);
                    for (int k = 0; k < count; k++)
                    {
                        (int anchor, Vector128<float> sums, Vector128<float> margins) = candidates.At(first + k);
                        candidates.Keep(anchor, sums + Vector128.Create<float>(added.Slice(4 * k, 4)), margins);
                    }
                }

                candidates.Close();
            }
        }
    }

    /// <summary>Settles what the bounds from the cells can settle.</summary>
    private void Settle(MapBlock block, int group)
    {
        ChunkRows maps = block.Maps.Roughness;
        Span<int> all = stackalloc int[maps.Chunks];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<float> shares = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int count = candidates.Four(first, four);
            JeffreysTile.Sums(_anchors.Roughness, four, maps, group * JeffreysTile.Maps, all, shares);
            for (int k = 0; k < count; k++)
            {
                (int anchor, Vector128<float> sums, _) = candidates.At(first + k);
                Vector128<float> share = Vector128.Create<float>(shares.Slice(4 * k, 4));
                sums *= UnitSplit.TokensPerCell;

                // Terms of either sign add up in the cells, to at most |sum| + 2 share in absolute value, in the rests to
                // at most share, and the share itself is rounded as often. This part of the margin stays to the end.
                Vector128<float> margins = share + (Rounding * (Vector128.Abs(sums) + (2 * share)));
                Bound(ref candidates, block, group, anchor, sums, margins);
            }
        }

        candidates.Close();
    }

    /// <summary>
    /// Sums the rests of tokens for all candidates, the roughest units first; all maps of the block take some units before any
    /// takes the next.
    /// </summary>
    private void AddRests(MapBlock block)
    {
        ReadOnlySpan<int> units = block.RoughestFirst;
        for (int first = 0; first < units.Length; first += Round)
        {
            for (int group = 0; group < block.Groups; group++)
            {
                AddRests(block, group, units.Slice(first, Math.Min(Round, units.Length - first)));
            }
        }
    }

    private void AddRests(MapBlock block, int group, ReadOnlySpan<int> units)
    {
        Span<int> four = stackalloc int[JeffreysTile.Anchors];
        Span<int> next = stackalloc int[JeffreysTile.Anchors];
        Span<float> added = stackalloc float[JeffreysTile.Anchors * JeffreysTile.Maps];
        ReadOnlySpan<Vector128<float>> roughness = block.Roughness(group);
        Candidates candidates = block.Candidates(group);
        for (int first = 0; first < candidates.Count; first += JeffreysTile.Anchors)
        {
            int count = candidates.Four(first, four);
            if (first + JeffreysTile.Anchors < candidates.Count)
            {
                candidates.Four(first + JeffreysTile.Anchors, next);
                JeffreysTile.Prefetch(_anchors.Rests, next, units);
            }

            JeffreysTile.Sums(
                _anchors.Rests, four, block.Maps.Rests, group * JeffreysTile.Maps, units, added);
            for (int k = 0; k < count; k++)
            {
                (int anchor, Vector128<float> sums, Vector128<float> margins) = candidates.At(first + k);
                sums += Vector128.Create<float>(added.Slice(4 * k, 4));
                margins -= Shares(_anchors.Roughness.Row(anchor), roughness, units);
                Bound(ref candidates, block, group, anchor, sums, margins);
            }
        }

        candidates.Close();
    }

    /// <summary>What some units add to the margins of four maps.</summary>
    private static Vector128<float> Shares(
        ReadOnlySpan<float> anchor, ReadOnlySpan<Vector128<float>> maps, ReadOnlySpan<int> units)
    {
        Vector128<float> sum = Vector128<float>.Zero;
        foreach (int unit in units)
        {
            // Each 64 values have their logarithms behind them.
            int place = unit + (unit / ChunkRows.Length * ChunkRows.Length);
            Vector128<float> value = Vector128.Create(anchor[place]);
            Vector128<float> log = Vector128.Create(anchor[place + ChunkRows.Length]);
            sum += (value - maps[2 * unit]) * (log - maps[(2 * unit) + 1]);
        }

        return sum;
    }

    /// <summary>Settles what a sum within its margin can settle; keeps the candidate, unless all four maps are settled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Bound(
        ref Candidates candidates, MapBlock block, int group, int anchor, Vector128<float> sums, Vector128<float> margins)
    {
        // A sum that was settled before is infinite, and stays what it is.
        Vector128<float> beyond = Vector128.GreaterThan(sums - margins, Vector128.Create(_never))
            | Vector128.Equals(sums, Vector128.Create(float.PositiveInfinity));
        Vector128<float> below = Vector128.LessThan(sums + margins, Vector128.Create(_surely));
        sums = Vector128.ConditionalSelect(beyond, Vector128.Create(float.PositiveInfinity), sums);
        sums = Vector128.ConditionalSelect(below, Vector128.Create(float.NegativeInfinity), sums);
        if ((beyond | below).AsInt32() != Vector128<int>.AllBitsSet)
        {
            candidates.Keep(anchor, sums, margins);
        }
        else if (below != Vector128<float>.Zero)
        {
            Mark(block, group, anchor, sums);
        }
    }

    /// <summary>Decides what is still in question by the accurate distance.</summary>
    private void Decide(MapBlock block, int group)
    {
        Candidates candidates = block.Candidates(group);
        for (int i = 0; i < candidates.Count; i++)
        {
            (int anchor, Vector128<float> sums, _) = candidates.At(i);
            Mark(block, group, anchor, sums);
        }
    }

    private void Mark(MapBlock block, int group, int anchor, Vector128<float> sums)
    {
        for (int i = 0; i < JeffreysTile.Maps; i++)
        {
            int place = block.First + (group * JeffreysTile.Maps) + i;
            if (float.IsNegativeInfinity(sums[i]) || (!float.IsInfinity(sums[i]) && IsBelow(anchor, _matches.Order.MapAt(place))))
            {
                _matches.SetAt(_firstAnchor + anchor, place);
            }
        }
    }

    private bool IsBelow(int anchor, int map) =>
        JeffreysDistance.Accurate(_maps.Row(_anchorIndex[_firstAnchor + anchor]), _maps.Row(map)) < _threshold;
}
