using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Numerics;
using System.Text;

namespace DiffSeg.AspNetCore.Metrics;

/// <summary>The service's metrics, those of HTTP and those of the process as a page for Prometheus (text format 0.0.4).</summary>
internal sealed class MetricsPage : IDisposable
{
    /// <summary>The page's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] Meters = [ServiceMeter.Name, "Microsoft.AspNetCore.Hosting", "System.Runtime"];
    private readonly ConcurrentDictionary<Instrument, Family> _families = [];
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();

    /// <summary>Listens from now on.</summary>
    /// <param name="factory">The application's; other applications in this process are not listened to.</param>
    public MetricsPage(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == factory))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, published => new Family(published)));
            }
        };
        Listen<byte>();
        Listen<short>();
        Listen<int>();
        Listen<long>();
        Listen<float>();
        Listen<double>();
        Listen<decimal>();
        _listener.Start();
    }

    /// <summary>The page as it is now.</summary>
    public string Write()
    {
        lock (_gate)
        {
            _listener.RecordObservableInstruments();
        }

        var text = new StringBuilder();
        foreach (IGrouping<string, Family> named in _families.Values.GroupBy(family => family.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            Write(text, named.First());
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Listen<T>()
        where T : struct, INumber<T> =>
        _listener.SetMeasurementEventCallback<T>((_, value, tags, family) => ((Family)family!).Record(double.CreateChecked(value), tags));

    private static void Write(StringBuilder text, Family family)
    {
        KeyValuePair<string, Series>[] all = [.. family.Sorted];
        if (all.Length == 0)
        {
            return;
        }

        if (family.Help is { Length: > 0 } help)
        {
            text.Append($"# HELP {family.Name} {help.Replace("\\", "\\\\").ReplaceLineEndings(" ")}\n");
        }

        text.Append($"# TYPE {family.Name} {(family.Bounds is not null ? "histogram" : family.IsTotal ? "counter" : "gauge")}\n");
        foreach ((string labels, Series series) in all)
        {
            (double sum, long[] buckets) = series.Read();
            if (family.Bounds is { } bounds)
            {
                WriteHistogram(text, family.Name, labels, bounds, sum, buckets);
            }
            else
            {
                WriteLine(text, family.Name, labels, sum);
            }
        }
    }

    private static void WriteHistogram(
        StringBuilder text, string name, string labels, IReadOnlyList<double> bounds, double sum, long[] buckets)
    {
        string before = labels.Length > 0 ? labels + "," : "";
        long count = 0;
        for (int i = 0; i < buckets.Length; i++)
        {
            count += buckets[i];
            string bound = MetricName.Number(i < bounds.Count ? bounds[i] : double.PositiveInfinity);
            WriteLine(text, name + "_bucket", $"{before}le=\"{bound}\"", count);
        }

        WriteLine(text, name + "_sum", labels, sum);
        WriteLine(text, name + "_count", labels, count);
    }

    private static void WriteLine(StringBuilder text, string name, string labels, double value) =>
        text.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(MetricName.Number(value)).Append('\n');
}
