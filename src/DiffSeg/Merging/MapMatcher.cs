using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <summary>Finds all pairs of an anchor and a map whose distance is below a threshold.</summary>
/// <remarks>
/// A pair is settled by the first test that can (see <see cref="PreparedMaps"/>): a lower bound from units
/// (MapMatcher.Units.cs); bounds from both sides from cells (MapMatcher.Cells.cs); the same, tightened by ever more units'
/// exact sums, the roughest first (MapMatcher.Rests.cs). Within rounding of the threshold (<see cref="DistanceBounds"/>), the
/// double precision sum decides, so that the result is the same on every machine. Keeps its buffers; for one call at a time.
/// </remarks>
internal sealed partial class MapMatcher
{
    /// <summary>Anchors prepared at a time, which bounds the memory.</summary>
    private const int Batch = 512;

    /// <summary>Anchors that one thread prepares at a time.</summary>
    private const int Grain = 16;

    private static readonly Spares<MapBlock> Blocks = new();

    private readonly PreparedMaps _anchors = new(negateRoughness: true);
    private readonly AnchorColumns _columns = new();
    private readonly Action<int, int> _prepareRange;
    private readonly Action<int, int> _matchRange;
    private MapRows _maps;
    private int[] _anchorIndex = [];
    private int _firstAnchor;
    private MatchSettings _settings;
    private double _threshold;
    private DistanceBounds _bounds;
    private MatchMatrix _matches = null!;

    /// <summary>A matcher, to be used again and again.</summary>
    public MapMatcher()
    {
        _prepareRange = PrepareRange;
        _matchRange = MatchRange;
    }

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
        _bounds = new DistanceBounds(threshold, maps.Mass);
        for (_firstAnchor = 0; _firstAnchor < anchorCount; _firstAnchor += Batch)
        {
            PrepareAnchors(Math.Min(Batch, anchorCount - _firstAnchor), cancellationToken);
            RowParallel.For(
                maps.Count, MapBlock.Largest, settings.MaxDegreeOfParallelism, _matchRange, cancellationToken);
        }

        _maps = default;
    }

    private void PrepareAnchors(int count, CancellationToken cancellationToken)
    {
        _anchors.Reset(count, _maps.Height, _maps.Width);
        RowParallel.For(count, Grain, _settings.MaxDegreeOfParallelism, _prepareRange, cancellationToken);
        _columns.Take(_anchors.Units, _anchors.Excluded);
    }

    private void PrepareRange(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            _anchors.Set(i, _maps.Row(_anchorIndex[_firstAnchor + i]), _settings.Zeros);
        }
    }

    /// <summary>The stages, each for all groups of a block, so that what one reads of the anchors stays in the cache.</summary>
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
