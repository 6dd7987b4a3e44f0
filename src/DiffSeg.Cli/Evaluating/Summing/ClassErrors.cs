using DiffSeg.Evaluation;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>Standard errors of pixel accuracy and mIoU, where segments are matched per image.</summary>
/// <param name="Accuracy">Of the accuracy.</param>
/// <param name="MeanIou">Of the mIoU.</param>
internal readonly record struct ClassErrors(double Accuracy, double MeanIou)
{
    /// <summary>Nothing is known.</summary>
    public static ClassErrors Unknown { get; } = new(double.NaN, double.NaN);

    /// <summary>Leaves out one image after the other.</summary>
    /// <param name="all">The scores of all images together.</param>
    /// <param name="images">Those of each.</param>
    public static ClassErrors Of(ClassScores all, IReadOnlyList<ClassScores> images)
    {
        (double Accuracy, double MeanIou)[] without = [.. images.Select(image => Without(all, image))];
        return new ClassErrors(
            Jackknife.StandardError([.. without.Select(pair => pair.Accuracy)]),
            Jackknife.StandardError([.. without.Select(pair => pair.MeanIou)]));
    }

    private static (double Accuracy, double MeanIou) Without(ClassScores all, ClassScores image)
    {
        long right = 0;
        double sum = 0;
        int defined = 0;
        for (int c = 0; c < all.TruePositives.Count; c++)
        {
            long hit = all.TruePositives[c] - image.TruePositives[c];
            long wrong = all.FalsePositives[c] - image.FalsePositives[c] + all.FalseNegatives[c] - image.FalseNegatives[c];
            right += hit;
            if (hit + wrong > 0)
            {
                sum += hit / (double)(hit + wrong);
                defined++;
            }
        }

        return (right / (double)(all.Pixels - image.Pixels), sum / defined);
    }
}
