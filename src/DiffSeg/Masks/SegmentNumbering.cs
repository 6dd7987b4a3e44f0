namespace DiffSeg;

/// <summary>Numbers the segments of a mask.</summary>
internal static class SegmentNumbering
{
    /// <summary>Renumbers sources (proposals or components) densely, those without a pixel left out.</summary>
    /// <param name="areas">Pixels of each source.</param>
    /// <param name="order">Compares two sources that both have pixels; ties keep the order of the sources.</param>
    /// <returns>The source of each new number, and the new number of each source (0 for those without a pixel).</returns>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    public static (int[] Sources, ushort[] Numbers) Dense(ReadOnlySpan<int> areas, Comparison<int> order)
    {
        List<int> present = [];
        for (int i = 0; i < areas.Length; i++)
        {
            if (areas[i] > 0)
            {
                present.Add(i);
            }
        }

        if (present.Count > ushort.MaxValue + 1)
        {
            throw new InvalidOperationException(
                $"The mask has {present.Count} segments, more than 65,536 labels can number; set MinRegionShare higher, "
                + "or leave Regions off.");
        }

        int[] sources = [.. present.Order(Comparer<int>.Create(order))];
        ushort[] numbers = new ushort[areas.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            numbers[sources[i]] = (ushort)i;
        }

        return (sources, numbers);
    }

    /// <summary>Pixels of each label.</summary>
    /// <param name="labels">The mask.</param>
    /// <param name="count">One more than the highest label that can occur.</param>
    /// <returns>The counts.</returns>
    public static int[] Areas(ReadOnlySpan<ushort> labels, int count)
    {
        int[] areas = new int[count];
        foreach (ushort label in labels)
        {
            areas[label]++;
        }

        return areas;
    }
}
