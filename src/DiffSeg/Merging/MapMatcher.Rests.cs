using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <content>The third stage: units' exact sums tighten the bounds.</content>
internal sealed partial class MapMatcher
{
    /// <summary>Units summed between two looks at the bounds.</summary>
    private const int Round = 8;

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
}
