namespace DiffSeg.Evaluation;

/// <summary>Pixel accuracy and intersection over union of classes.</summary>
public sealed class ClassScores
{
    internal ClassScores(ClassCounts counts)
    {
        Pixels = counts.Pixels;
        TruePositives = [.. counts.TruePositives];
        FalsePositives = [.. counts.FalsePositives];
        FalseNegatives = [.. counts.FalseNegatives];
        PerClassIoU = [.. Enumerable.Range(0, counts.ClassCount).Select(c => Share(
            TruePositives[c], TruePositives[c] + FalsePositives[c] + FalseNegatives[c]))];
        PixelAccuracy = Share(TruePositives.Sum(), Pixels);
        MeanIoU = PerClassIoU.Average();
    }

    /// <summary>Pixels that have a class.</summary>
    public long Pixels { get; }

    /// <summary>Share of those pixels whose label is matched with their class, 0 to 1; null where there are none.</summary>
    public double? PixelAccuracy { get; }

    /// <summary>Mean of <see cref="PerClassIoU"/> over the classes that have one, 0 to 1; null where none has.</summary>
    public double? MeanIoU { get; }

    /// <summary>TP / (TP + FP + FN) of each class, 0 to 1; null where it is 0 / 0: neither in truth nor matched.</summary>
    public IReadOnlyList<double?> PerClassIoU { get; }

    /// <summary>Pixels of each class whose label is matched with it.</summary>
    public IReadOnlyList<long> TruePositives { get; }

    /// <summary>Pixels of other classes with the label that is matched with the class.</summary>
    public IReadOnlyList<long> FalsePositives { get; }

    /// <summary>Pixels of each class with another label.</summary>
    public IReadOnlyList<long> FalseNegatives { get; }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
