namespace DiffSeg;

/// <summary>The order in which maps are compared, 64 by 64 and four by four: neighbours in the picture look alike.</summary>
/// <remarks>
/// 64 maps are eight runs of eight. Where the maps are those of all tokens of a picture in whole units, the runs are the rows
/// of a unit, and four maps are 2 x 2 tokens; else one run follows the other.
/// </remarks>
/// <param name="maps">The maps.</param>
internal readonly struct MapOrder(MapRows maps)
{
    /// <summary>Maps per run.</summary>
    public const int Run = 8;

    private readonly bool _square =
        maps.Count == maps.Tokens && maps.Height % UnitSplit.Side == 0 && maps.Width % UnitSplit.Side == 0;

    private readonly int _width = maps.Width;

    /// <summary>The first map of a run; the others follow it.</summary>
    /// <param name="block">Which 64 maps.</param>
    /// <param name="run">Which run of them.</param>
    /// <returns>An index, always a multiple of 8.</returns>
    public int FirstOf(int block, int run)
    {
        if (!_square)
        {
            return ((block * Run) + run) * Run;
        }

        int perRow = _width / Run;
        return ((((block / perRow) * Run) + run) * _width) + (block % perRow * Run);
    }

    /// <summary>Where a map lies in its runs.</summary>
    /// <param name="position">Place in the order, from 0.</param>
    /// <returns>A number below 64: eight times the run and the place within it.</returns>
    public int PlaceOf(int position)
    {
        int place = position % (Run * Run);

        // Bits yyxxyx become yyyxxx.
        return _square ? (place & 0b110001) | (place >> 1 & 0b000110) | (place << 2 & 0b001000) : place;
    }

    /// <summary>Which map comes at a place in the order.</summary>
    /// <param name="position">The place, from 0.</param>
    /// <returns>The map's index.</returns>
    public int MapAt(int position)
    {
        int place = PlaceOf(position);
        return FirstOf(position / (Run * Run), place / Run) + (place % Run);
    }
}
