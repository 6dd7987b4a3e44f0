using System.Numerics;
using System.Runtime.Intrinsics;

namespace DiffSeg;

/// <content>The first stage: a lower bound from units leaves few anchors in question.</content>
internal sealed partial class MapMatcher
{
    /// <summary>Puts in question what the units do not rule out, and settles the maps that match nothing.</summary>
    private void ListCandidates(MapBlock block, int group)
    {
        int map = group * JeffreysTile.Maps;
        Vector128<float> settled = Vector128<float>.Zero;
        for (int i = 0; i < JeffreysTile.Maps; i++)
        {
            if (map + i >= block.Count || block.Maps.Excluded[map + i])
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
        float limit = _bounds.UnitLimit(units.Length);
        for (int i = 0; i < JeffreysTile.Maps; i += 2)
        {
            (uint one, uint other) = _columns.Within(first, units, map + i, limit);
            within |= (float.IsInfinity(settled[i]) ? 0 : one) | (float.IsInfinity(settled[i + 1]) ? 0 : other);
        }

        return within;
    }
}
