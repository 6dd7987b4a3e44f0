using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DiffSeg.Cli.Serving;

/// <summary>What became of the pictures, and how many are in work, as the service's meter tells it.</summary>
internal sealed class ServiceTally : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _pictures = [];
    private int _inWork;

    /// <summary>Counts from now on.</summary>
    /// <param name="factory">The application's.</param>
    public ServiceTally(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "diffseg.service.pictures" or "diffseg.service.in_work", Meter.Name: "DiffSeg.Service" } && instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
            _pictures.AddOrUpdate((string)tags[0].Value!, count, (_, before) => before + count));
        _listener.SetMeasurementEventCallback<int>((_, count, _, _) => _inWork = count);
        _listener.Start();
    }

    /// <summary>Pictures that workers are at, whoever still waits for them.</summary>
    public int InWork
    {
        get
        {
            _listener.RecordObservableInstruments();
            return _inWork;
        }
    }

    /// <summary>Says them.</summary>
    /// <param name="log">Is told.</param>
    public void Tell(ServiceLog log) => log.Ended(Of("segmented"), Of("refused"), Of("full"), Of("cancelled"), Of("failed"));

    /// <summary>Stops counting.</summary>
    public void Dispose() => _listener.Dispose();

    private long Of(string outcome) => _pictures.GetValueOrDefault(outcome);
}
