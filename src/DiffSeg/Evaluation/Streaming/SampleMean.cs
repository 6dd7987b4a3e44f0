namespace DiffSeg.Evaluation;

/// <summary>The mean of a measure over images.</summary>
/// <param name="Count">Images that have a value, at least 1.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardError">
/// Standard error of the mean: the sample's standard deviation (n - 1) over the root of n; null for one image.
/// </param>
public readonly record struct SampleMean(int Count, double Mean, double? StandardError)
{
    /// <summary>The mean of values, the same to the bit whatever their order.</summary>
    /// <param name="values">At least one.</param>
    internal static SampleMean Of(IEnumerable<double> values)
    {
        // Sums of doubles depend on the order of the terms: sorted, it is always the same.
        double[] sorted = [.. values.Order()];
        double mean = sorted.Sum() / sorted.Length;
        if (sorted.Length == 1)
        {
            return new SampleMean(1, mean, null);
        }

        double squares = sorted.Sum(value => (value - mean) * (value - mean));
        return new SampleMean(sorted.Length, mean, Math.Sqrt(squares / (sorted.Length - 1) / sorted.Length));
    }
}
