namespace DiffSeg.Evaluation;

/// <summary>Figure and ground: a mask's segments against a ground truth of two classes.</summary>
public static class FigureMeasure
{
    /// <summary>The class of the ground.</summary>
    public const ushort Ground = 0;

    /// <summary>The class of the figure.</summary>
    public const ushort Figure = 1;

    /// <summary>Chooses the segments of the figure and compares.</summary>
    /// <param name="table">The counts of the image, of classes <see cref="Ground"/> and <see cref="Figure"/>.</param>
    /// <param name="rule">Which segments count as figure.</param>
    /// <returns>The scores; null where no pixel has a class.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rule is none.</exception>
    /// <exception cref="EvaluationException">The ground truth has another class.</exception>
    public static FigureScores? Compare(ContingencyTable table, FigureRule rule)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!Enum.IsDefined(rule))
        {
            throw new ArgumentOutOfRangeException(nameof(rule), rule, "The rule must be one of FigureRule's.");
        }

        if (table.ClassAreas.Length > Figure + 1)
        {
            throw new EvaluationException(
                $"The ground truth has class {table.ClassAreas.Length - 1}; figure and ground are classes {Figure} and "
                + $"{Ground}, and {LabelMap.Ignored} marks pixels without a class. Map the classes to these.");
        }

        return table.Pixels == 0 ? null : Choose(table, rule);
    }

    private static FigureScores Choose(ContingencyTable table, FigureRule rule)
    {
        long figure = table.ClassAreas.Length > Figure ? table.ClassAreas[Figure] : 0;
        FigureScores best = new(0, 0, figure);
        FigureScores union = best;

        // The union that overlaps best holds every segment down to some share of figure: adding a segment with a higher
        // share than the overlap always raises it.
        foreach ((long inside, long area) in Segments(table).OrderByDescending(s => (double)s.Inside / s.Area))
        {
            FigureScores alone = new(inside, area - inside, figure - inside);
            union = new FigureScores(
                union.TruePositives + inside, union.FalsePositives + area - inside, union.FalseNegatives - inside);
            bool taken = rule switch
            {
                FigureRule.OracleMajority => 2 * inside > area,
                FigureRule.OracleBestUnion => union.IoU > best.IoU,
                _ => alone.IoU > best.IoU,
            };
            best = taken ? rule == FigureRule.OracleBestSegment ? alone : union : best;
        }

        return best;
    }

    // Segments that meet the figure: pixels inside it and pixels in all.
    private static IEnumerable<(long Inside, long Area)> Segments(ContingencyTable table)
    {
        List<(long Inside, long Area)> segments = [];
        foreach (ContingencyCell cell in table.Cells)
        {
            if (cell.Class == Figure)
            {
                segments.Add((cell.Pixels, table.LabelAreas[cell.Label]));
            }
        }

        return segments;
    }
}
