using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DiffSeg.AspNetCore.Metrics;

/// <summary>One instrument with the series of all its labels.</summary>
internal sealed class Family
{
    // Labels that anybody can make up must not fill the memory.
    private const int MostSeries = 1000;

    private static readonly double[] UsualBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private readonly ConcurrentDictionary<string, Series> _series = [];

    public Family(Instrument instrument)
    {
        Type type = instrument.GetType().GetGenericTypeDefinition();
        IsTotal = type == typeof(Counter<>) || type == typeof(ObservableCounter<>);
        Replaces = instrument.IsObservable || type == typeof(Gauge<>);
        if (type == typeof(Histogram<>))
        {
            Bounds = (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? UsualBounds;
        }

        Name = MetricName.Of(instrument, IsTotal);
        Help = instrument.Description;
    }

    /// <summary>Name as Prometheus has it.</summary>
    public string Name { get; }

    /// <summary>What it measures.</summary>
    public string? Help { get; }

    /// <summary>Whether the value only ever grows.</summary>
    public bool IsTotal { get; }

    /// <summary>Whether a measurement takes the last one's place.</summary>
    public bool Replaces { get; }

    /// <summary>Upper bounds of a histogram's buckets; null for another instrument.</summary>
    public IReadOnlyList<double>? Bounds { get; }

    /// <summary>The series in the order of their labels.</summary>
    public IEnumerable<KeyValuePair<string, Series>> Sorted => _series.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>Takes a measurement in.</summary>
    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = MetricName.Labels(tags);
        if (!_series.TryGetValue(labels, out Series? series))
        {
            if (_series.Count >= MostSeries)
            {
                return;
            }

            series = _series.GetOrAdd(labels, _ => new Series(Bounds));
        }

        if (Replaces)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }
}
