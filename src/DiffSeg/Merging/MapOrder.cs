namespace DiffSeg;

/// <summary>The order in which maps are compared and summed, 64 by 64 and four by four: neighbours in the picture look alike.</summary>
/// <remarks>
/// Where the maps are those of all tokens of a picture in whole units (see <see cref="UnitSplit"/>), 64 maps are those of a
/// unit, eight are 4 x 2 tokens of it, and four are 2 x 2: they mostly lie within one object, and match the same anchors. Other
/// maps keep the order that they lie in.
/// </remarks>
/// <param name="maps">The maps.</param>
internal readonly struct MapOrder(MapRows maps)
{
    private const int Side = UnitSplit.Side;

    // Columns of the picture; 0 for maps that keep their order.
    private readonly int _width =
        maps.Count == maps.Tokens && maps.Height % Side == 0 && maps.Width % Side == 0 ? maps.Width : 0;

    /// <summary>Which map comes at a place in the order.</summary>
    /// <param name="place">The place, from 0.</param>
    /// <returns>The map's index.</returns>
    public int MapAt(int place)
    {
        if (_width == 0)
        {
            return place;
        }

        // Within a unit, the bits of a place are yyxxyx.
        (int unit, int within) = (place / UnitSplit.Tokens, place % UnitSplit.Tokens);
        (int top, int left) = Math.DivRem(unit, _width / Side);
        int y = (within >> 3 & 0b110) | (within >> 1 & 1);
        int x = (within >> 1 & 0b110) | (within & 1);
        return (((top * Side) + y) * _width) + (left * Side) + x;
    }

    /// <summary>Where a map comes in the order.</summary>
    /// <param name="map">The map's index.</param>
    /// <returns>The place, from 0.</returns>
    public int PlaceOf(int map)
    {
        if (_width == 0)
        {
            return map;
        }

        (int y, int x) = Math.DivRem(map, _width);
        int unit = (y / Side * (_width / Side)) + (x / Side);
        return (unit * UnitSplit.Tokens) + ((y & 0b110) << 3) + ((x & 0b110) << 1) + ((y & 1) << 1) + (x & 1);
    }
}
