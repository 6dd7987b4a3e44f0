using System.Diagnostics.Metrics;
using DiffSeg.AspNetCore.Pool;

namespace DiffSeg.AspNetCore.Metrics;

/// <summary>The service's instruments: System.Diagnostics.Metrics, which OpenTelemetry and dotnet-counters read.</summary>
internal sealed class ServiceMeter
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "DiffSeg.Service";

    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 60];
    private readonly Meter _meter;
    private readonly Counter<long> _pictures;
    private readonly Histogram<double> _stages;

    /// <summary>Makes them.</summary>
    /// <param name="factory">The application's; disposes them.</param>
    public ServiceMeter(IMeterFactory factory)
    {
        _meter = factory.Create(Name);
        _pictures = _meter.CreateCounter<long>(
            "diffseg.service.pictures", "{picture}", "Pictures by what became of them: segmented, refused, full, cancelled, failed.");
        _stages = _meter.CreateHistogram(
            "diffseg.service.stage.duration", "s", "Time of each stage of a picture: wait, encode, merge, finish.",
            tags: null, advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
    }

    /// <summary>Shows how full a queue is.</summary>
    public void Watch(WorkQueue queue)
    {
        _meter.CreateObservableUpDownCounter("diffseg.service.waiting", () => queue.Waiting, "{picture}", "Pictures that wait for a worker.");
        _meter.CreateObservableUpDownCounter("diffseg.service.in_work", () => queue.InWork, "{picture}", "Pictures that workers are at.");
    }

    /// <summary>Counts a picture.</summary>
    public void Outcome(PoolOutcome outcome) => _pictures.Add(1, new KeyValuePair<string, object?>("outcome", outcome.Name));

    /// <summary>Takes in the time of a stage.</summary>
    public void Stage(string stage, TimeSpan time) => _stages.Record(time.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));
}
