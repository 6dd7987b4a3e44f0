namespace DiffSeg.Pictures.Drawing;

/// <summary>
/// A colour for each segment of a mask: that of its label, unless a neighbour's could be taken for it. Then the smaller of
/// the two gets another one of the palette, by a fixed rule, so that the same mask always looks the same.
/// </summary>
internal sealed class SegmentColours
{
    /// <summary>
    /// Neighbours' colours are at least this far apart (CIE76, in normal, protanope and deuteranope sight), where the
    /// palette has such a colour: seven times what is just noticeable. The first ten colours of the standard palette
    /// always are, so that masks of ten segments keep the colours of their labels.
    /// </summary>
    public const double Apart = 16;

    private readonly ushort[] _colourOf;

    private SegmentColours(ushort[] colourOf) => _colourOf = colourOf;

    /// <summary>Chooses the colours.</summary>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="palette">The colours of the labels.</param>
    public static SegmentColours Of(ReadOnlySpan<ushort> labels, int height, int width, Palette palette)
    {
        IReadOnlyList<Segment> segments = SegmentTable.Measure(labels, height, width);
        Dictionary<ushort, HashSet<ushort>> neighbours = SegmentNeighbours.Of(labels, height, width);
        var sights = new ColourSight[palette.Count];
        for (int i = 0; i < sights.Length; i++)
        {
            sights[i] = new ColourSight(palette[i]);
        }

        ushort[] colourOf = new ushort[segments[^1].Label + 1];
        var coloured = new HashSet<ushort>();
        bool[] taken = new bool[palette.Count];
        foreach (Segment segment in segments)
        {
            taken[segment.Label % palette.Count] = true;
        }

        foreach (Segment segment in segments.OrderByDescending(segment => segment.Area).ThenBy(segment => segment.Label))
        {
            ColourSight[] around = [.. neighbours[segment.Label].Where(coloured.Contains).Select(near => sights[colourOf[near]])];
            ushort chosen = Choose(segment.Label % palette.Count, sights, around, taken);
            colourOf[segment.Label] = chosen;
            taken[chosen] = true;
            coloured.Add(segment.Label);
        }

        return new SegmentColours(colourOf);
    }

    /// <summary>The place in the palette of a label's colour.</summary>
    /// <param name="label">A label of the mask.</param>
    public ushort this[ushort label] => _colourOf[label];

    /// <summary>The mask with each label replaced by the place of its colour.</summary>
    public ushort[] Apply(ReadOnlySpan<ushort> labels)
    {
        ushort[] colours = new ushort[labels.Length];
        for (int i = 0; i < colours.Length; i++)
        {
            colours[i] = _colourOf[labels[i]];
        }

        return colours;
    }

    // The label's own colour; or else the next of the palette that is far enough from all around, rather one that no
    // other segment has; or else the farthest.
    private static ushort Choose(int own, ColourSight[] sights, ColourSight[] around, bool[] taken)
    {
        (int? second, int farthest, double distance) = (null, own, -1);
        for (int i = 0; i < sights.Length; i++)
        {
            int candidate = (own + i) % sights.Length;
            double nearest = double.MaxValue;
            foreach (ColourSight neighbour in around)
            {
                nearest = Math.Min(nearest, sights[candidate].DistanceTo(neighbour));
            }

            if (nearest >= Apart && (i == 0 || !taken[candidate]))
            {
                return (ushort)candidate;
            }

            second ??= nearest >= Apart ? candidate : null;
            if (nearest > distance)
            {
                (farthest, distance) = (candidate, nearest);
            }
        }

        return (ushort)(second ?? farthest);
    }
}
