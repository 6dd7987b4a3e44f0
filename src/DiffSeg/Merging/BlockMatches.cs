namespace DiffSeg;

/// <summary>Which of 64 maps match which anchors, until they are known for all and go into the matrix.</summary>
internal sealed class BlockMatches
{
    private ulong[] _words = [];
    private int _anchors;

    /// <summary>Forgets all matches.</summary>
    /// <param name="anchors">Number of anchors from now on.</param>
    public void Reset(int anchors)
    {
        _anchors = anchors;
        if (_words.Length < anchors)
        {
            _words = new ulong[anchors];
        }

        _words.AsSpan(0, anchors).Clear();
    }

    /// <summary>Marks a pair.</summary>
    /// <param name="anchor">The anchor.</param>
    /// <param name="place">As <see cref="MapOrder.PlaceOf"/> says.</param>
    public void Set(int anchor, int place) => _words[anchor] |= 1UL << place;

    /// <summary>Writes all matches; may be done for other maps by other threads at the same time.</summary>
    /// <param name="matches">Where to.</param>
    /// <param name="firstAnchor">The matrix's row of the first anchor.</param>
    /// <param name="order">The order of the maps.</param>
    /// <param name="block">Which 64 maps.</param>
    public void CopyTo(MatchMatrix matches, int firstAnchor, MapOrder order, int block)
    {
        for (int run = 0; run < MapOrder.Run; run++)
        {
            int map = order.FirstOf(block, run);
            for (int anchor = 0; anchor < _anchors; anchor++)
            {
                byte bits = (byte)(_words[anchor] >> (run * MapOrder.Run));
                if (bits != 0)
                {
                    matches.SetEight(firstAnchor + anchor, map, bits);
                }
            }
        }
    }
}
