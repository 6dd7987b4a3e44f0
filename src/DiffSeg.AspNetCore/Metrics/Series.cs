namespace DiffSeg.AspNetCore.Metrics;

/// <summary>The values of one instrument under one set of labels.</summary>
/// <param name="bounds">Upper bounds of the buckets of a histogram, ascending; null for another instrument.</param>
internal sealed class Series(IReadOnlyList<double>? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = new long[(bounds?.Count ?? 0) + 1];
    private double _sum;

    /// <summary>Adds to a counter, or takes a value into a histogram.</summary>
    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            int bucket = 0;
            while (bounds is not null && bucket < bounds.Count && value > bounds[bucket])
            {
                bucket++;
            }

            _buckets[bucket]++;
        }
    }

    /// <summary>Puts another value in place of the last.</summary>
    public void Set(double value)
    {
        lock (_gate)
        {
            _sum = value;
        }
    }

    /// <summary>The value, or the sum of the histogram's; and how many of them fell into each bucket.</summary>
    public (double Sum, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_sum, [.. _buckets]);
        }
    }
}
