namespace DiffSeg.Pictures.Drawing;

/// <summary>Which segments of a mask touch, side to side.</summary>
internal static class SegmentNeighbours
{
    /// <summary>The neighbours of every label that occurs.</summary>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    public static Dictionary<ushort, HashSet<ushort>> Of(ReadOnlySpan<ushort> labels, int height, int width)
    {
        var neighbours = new Dictionary<ushort, HashSet<ushort>> { [labels[0]] = [] };
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<ushort> row = labels.Slice(y * width, width);
            Join(neighbours, row[1..], row[..^1]);
            Join(neighbours, row, y > 0 ? labels.Slice((y - 1) * width, width) : row);
        }

        return neighbours;
    }

    // Jumps over equal stretches with the vectorised prefix comparison.
    private static void Join(Dictionary<ushort, HashSet<ushort>> neighbours, ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> other)
    {
        for (int x = 0; x < row.Length; x++)
        {
            x += row[x..].CommonPrefixLength(other[x..]);
            if (x < row.Length)
            {
                Of(neighbours, row[x]).Add(other[x]);
                Of(neighbours, other[x]).Add(row[x]);
            }
        }
    }

    private static HashSet<ushort> Of(Dictionary<ushort, HashSet<ushort>> neighbours, ushort label)
    {
        if (!neighbours.TryGetValue(label, out HashSet<ushort>? found))
        {
            neighbours[label] = found = [];
        }

        return found;
    }
}
