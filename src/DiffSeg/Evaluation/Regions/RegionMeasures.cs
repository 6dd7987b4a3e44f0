namespace DiffSeg.Evaluation;

/// <summary>The class-free region measures of BSDS, from the contingency table of an image.</summary>
/// <remarks>
/// A region is all pixels with one number, connected or not. Over several annotators each measure is the mean over them,
/// as in BSDS. Annotators without a counted pixel are left out.
/// </remarks>
public static class RegionMeasures
{
    /// <summary>Compares a mask with one annotator.</summary>
    /// <param name="table">The counts of the image.</param>
    /// <returns>The scores; null where no pixel has a class.</returns>
    public static RegionScores? Compare(ContingencyTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Pixels == 0 ? null : new RegionScores(Covering(table), VariationOfInformation(table), RandIndex(table));
    }

    /// <summary>Compares a mask with several annotators.</summary>
    /// <param name="tables">The counts of the image, one table per annotator.</param>
    /// <returns>The means; null where no annotator has a pixel with a class.</returns>
    public static RegionScores? Compare(IEnumerable<ContingencyTable> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        RegionScores[] each = [.. tables.Select(Compare).OfType<RegionScores>()];
        return each.Length == 0
            ? null
            : new RegionScores(
                each.Average(scores => scores.Covering),
                each.Average(scores => scores.VariationOfInformation),
                each.Average(scores => scores.RandIndex));
    }

    private static double Covering(ContingencyTable table)
    {
        double sum = 0;
        ReadOnlySpan<ContingencyCell> cells = table.Cells;
        for (int i = 0; i < cells.Length;)
        {
            ushort region = cells[i].Class;
            long area = table.ClassAreas[region];
            double best = 0;
            for (; i < cells.Length && cells[i].Class == region; i++)
            {
                long union = area + table.LabelAreas[cells[i].Label] - cells[i].Pixels;
                best = Math.Max(best, (double)cells[i].Pixels / union);
            }

            sum += area * best;
        }

        return sum / table.Pixels;
    }

    private static double VariationOfInformation(ContingencyTable table)
    {
        // Both conditional entropies at once; no term is negative, and equal segmentations give exactly 0.
        double sum = 0;
        foreach (ContingencyCell cell in table.Cells)
        {
            double ofClass = (double)table.ClassAreas[cell.Class] / cell.Pixels;
            double ofLabel = (double)table.LabelAreas[cell.Label] / cell.Pixels;
            sum += cell.Pixels * (Math.Log2(ofClass) + Math.Log2(ofLabel));
        }

        return sum / table.Pixels;
    }

    private static double RandIndex(ContingencyTable table)
    {
        // Ordered pairs; n (n - 1) of them fit a UInt128 whatever the image.
        UInt128 both = 0;
        foreach (ContingencyCell cell in table.Cells)
        {
            both += Squared(cell.Pixels);
        }

        UInt128 apartInOne = Squares(table.ClassAreas) + Squares(table.LabelAreas) - (2 * both);
        UInt128 pairs = Squared(table.Pixels) - (UInt128)table.Pixels;
        return pairs == 0 ? 1 : 1 - ((double)apartInOne / (double)pairs);
    }

    private static UInt128 Squares(ReadOnlySpan<long> areas)
    {
        UInt128 sum = 0;
        foreach (long area in areas)
        {
            sum += Squared(area);
        }

        return sum;
    }

    private static UInt128 Squared(long value) => (UInt128)value * (UInt128)value;
}
