namespace DiffSeg.Cli.Benchmarking.Results;

/// <summary>Repeated measurements of one thing.</summary>
/// <param name="Median">The middle one; of an even number the mean of the two in the middle.</param>
/// <param name="Smallest">The smallest.</param>
/// <param name="Largest">The largest.</param>
internal readonly record struct Samples(double Median, double Smallest, double Largest)
{
    /// <summary>Of measurements in any order.</summary>
    /// <param name="values">At least one.</param>
    public static Samples Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Samples(median, sorted[0], sorted[^1]);
    }
}
