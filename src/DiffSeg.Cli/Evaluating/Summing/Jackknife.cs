namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>
/// The standard error of a figure that is no mean over images, such as a ratio of sums: from what it becomes when one
/// image after the other is left out (Tukey 1958).
/// </summary>
internal static class Jackknife
{
    /// <summary>The standard error.</summary>
    /// <param name="without">The figure without each image; NaN where it is not defined then.</param>
    /// <returns>NaN for fewer than two images, or where one is not defined.</returns>
    public static double StandardError(IReadOnlyList<double> without)
    {
        int count = without.Count;
        if (count < 2)
        {
            return double.NaN;
        }

        // Sorted, so that the order of the images does not matter to the last bit.
        double[] sorted = [.. without.Order()];
        double mean = sorted.Sum() / count;
        return Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) * (count - 1) / count);
    }
}
