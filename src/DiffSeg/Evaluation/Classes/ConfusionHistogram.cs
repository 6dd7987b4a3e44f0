namespace DiffSeg.Evaluation;

/// <summary>How often each class meets each label: the table that the matching of labels to classes maximises over.</summary>
/// <remarks>
/// As in the published evaluation (google/diffseg, after PiCIE's): [classes, max(classes, highest label + 1)], over the
/// pixels that have a class. Grows with the labels when histograms are added.
/// </remarks>
public sealed class ConfusionHistogram
{
    private long[] _counts;

    /// <summary>Creates a histogram without a pixel, [classes, classes].</summary>
    /// <param name="classCount">Number of classes, from 1 to 65535.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of range.</exception>
    public ConfusionHistogram(int classCount)
        : this(classCount, classCount)
    {
    }

    internal ConfusionHistogram(int classCount, int labelCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, (int)LabelMap.Ignored);
        ClassCount = classCount;
        LabelCount = Math.Max(classCount, labelCount);
        _counts = new long[Length(classCount, LabelCount)];
    }

    /// <summary>Rows: the classes.</summary>
    public int ClassCount { get; }

    /// <summary>Columns: the labels, never fewer than the classes.</summary>
    public int LabelCount { get; private set; }

    /// <summary>Pixels of each class and label, [<see cref="ClassCount"/>, <see cref="LabelCount"/>], row-major.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>The histogram of one image.</summary>
    /// <param name="table">The image's counts.</param>
    /// <param name="classCount">Number of classes, from 1 to 65535.</param>
    /// <returns>A new histogram.</returns>
    /// <exception cref="EvaluationException">
    /// The ground truth has a class beyond the number, or the histogram would be too large.
    /// </exception>
    public static ConfusionHistogram Of(ContingencyTable table, int classCount)
    {
        ArgumentNullException.ThrowIfNull(table);
        ConfusionHistogram histogram = new(classCount, table.MaxLabel + 1);
        if (table.ClassAreas.Length > classCount)
        {
            throw new EvaluationException(
                $"The ground truth has class {table.ClassAreas.Length - 1}, but there are {classCount} classes: 0 to "
                + $"{classCount - 1}, and {LabelMap.Ignored} for pixels without a class. Give the right class count or map "
                + "the class.");
        }

        foreach (ContingencyCell cell in table.Cells)
        {
            histogram._counts[(cell.Class * histogram.LabelCount) + cell.Label] = cell.Pixels;
        }

        return histogram;
    }

    /// <summary>Adds another histogram, label by label; labels must then mean the same in both.</summary>
    /// <param name="other">Left as it is.</param>
    /// <exception cref="EvaluationException">The numbers of classes differ.</exception>
    public void Add(ConfusionHistogram other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.ClassCount != ClassCount)
        {
            throw new EvaluationException(
                $"A histogram of {other.ClassCount} classes cannot be added to one of {ClassCount}.");
        }

        Widen(other.LabelCount);
        for (int c = 0; c < ClassCount; c++)
        {
            Span<long> row = _counts.AsSpan(c * LabelCount, LabelCount);
            ReadOnlySpan<long> added = other._counts.AsSpan(c * other.LabelCount, other.LabelCount);
            for (int label = 0; label < added.Length; label++)
            {
                row[label] += added[label];
            }
        }
    }

    /// <summary>The label matched with each class so that the matched pixels are most.</summary>
    /// <returns>One label per class, all different.</returns>
    public int[] Match() => LinearAssignment.Maximize(_counts, ClassCount, LabelCount);

    /// <summary>The same counts, read back.</summary>
    internal static ConfusionHistogram FromCounts(int classCount, int labelCount, ReadOnlySpan<long> counts)
    {
        ConfusionHistogram histogram = new(classCount, labelCount);
        counts.CopyTo(histogram._counts);
        return histogram;
    }

    private static int Length(int classCount, int labelCount) => (long)classCount * labelCount <= Array.MaxLength
        ? classCount * labelCount
        : throw new EvaluationException(
            $"A histogram of {classCount} classes and {labelCount} labels is too large. Number the labels without gaps.");

    private void Widen(int labelCount)
    {
        if (labelCount <= LabelCount)
        {
            return;
        }

        long[] wider = new long[Length(ClassCount, labelCount)];
        for (int c = 0; c < ClassCount; c++)
        {
            _counts.AsSpan(c * LabelCount, LabelCount).CopyTo(wider.AsSpan(c * labelCount));
        }

        (_counts, LabelCount) = (wider, labelCount);
    }
}
