namespace DiffSeg.Evaluation;

/// <summary>True positives, false positives and false negatives of each class, in pixels; sums over images.</summary>
public sealed class ClassCounts
{
    private readonly long[] _truePositives;
    private readonly long[] _falsePositives;
    private readonly long[] _falseNegatives;

    /// <summary>Creates counts of 0.</summary>
    /// <param name="classCount">Number of classes, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no classes.</exception>
    public ClassCounts(int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        _truePositives = new long[classCount];
        _falsePositives = new long[classCount];
        _falseNegatives = new long[classCount];
    }

    /// <summary>Number of classes.</summary>
    public int ClassCount => _truePositives.Length;

    /// <summary>Pixels of each class whose label is matched with it.</summary>
    public ReadOnlySpan<long> TruePositives => _truePositives;

    /// <summary>
    /// Pixels of other classes with the label that is matched with the class. Labels left over are nobody's.
    /// </summary>
    public ReadOnlySpan<long> FalsePositives => _falsePositives;

    /// <summary>Pixels of each class with another label.</summary>
    public ReadOnlySpan<long> FalseNegatives => _falseNegatives;

    /// <summary>Pixels that have a class.</summary>
    public long Pixels { get; private set; }

    /// <summary>Adds the pixels of a histogram.</summary>
    /// <param name="histogram">Of as many classes.</param>
    /// <param name="labels">The label matched with each class, as by <see cref="ConfusionHistogram.Match"/>.</param>
    /// <exception cref="EvaluationException">The numbers of classes differ.</exception>
    public void Add(ConfusionHistogram histogram, ReadOnlySpan<int> labels)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        CheckClasses(histogram.ClassCount);
        CheckClasses(labels.Length);
        for (int c = 0; c < ClassCount; c++)
        {
            long hit = histogram.Counts[(c * histogram.LabelCount) + labels[c]];
            (long ofClass, long ofLabel) = (0, 0);
            for (int other = 0; other < ClassCount; other++)
            {
                ofLabel += histogram.Counts[(other * histogram.LabelCount) + labels[c]];
            }

            foreach (long pixels in histogram.Counts.Slice(c * histogram.LabelCount, histogram.LabelCount))
            {
                ofClass += pixels;
            }

            Add(c, hit, ofLabel - hit, ofClass - hit);
        }
    }

    /// <summary>Adds other counts.</summary>
    /// <param name="other">Of as many classes; left as they are.</param>
    /// <exception cref="EvaluationException">The numbers of classes differ.</exception>
    public void Add(ClassCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckClasses(other.ClassCount);
        for (int c = 0; c < ClassCount; c++)
        {
            Add(c, other._truePositives[c], other._falsePositives[c], other._falseNegatives[c]);
        }
    }

    /// <summary>Accuracy and intersection over union.</summary>
    /// <returns>The scores of what was added so far.</returns>
    public ClassScores Compute() => new(this);

    /// <summary>Adds to one class.</summary>
    internal void Add(int c, long truePositives, long falsePositives, long falseNegatives)
    {
        _truePositives[c] += truePositives;
        _falsePositives[c] += falsePositives;
        _falseNegatives[c] += falseNegatives;
        Pixels += truePositives + falseNegatives;
    }

    private void CheckClasses(int count)
    {
        if (count != ClassCount)
        {
            throw new EvaluationException($"Counts of {count} classes cannot be added to counts of {ClassCount}.");
        }
    }
}
