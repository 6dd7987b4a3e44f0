using System.Diagnostics.Metrics;

namespace DiffSeg.Cli.Batching.Telling;

/// <summary>
/// Adds up what the chain tells of its stages by the meter DiffSeg.MLNet. Stages of different images overlap, so together they
/// may take longer than a clock shows; and the chain is an image or two ahead of what is written.
/// </summary>
internal sealed class ChainStages : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private Times _times;

    /// <summary>Listens from now on.</summary>
    public ChainStages()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "DiffSeg.MLNet" && instrument.Name == "diffseg.stage.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Add(tags[0].Value as string, seconds));
        _listener.Start();
    }

    /// <summary>The times since the last call; begins anew.</summary>
    public Times Take()
    {
        lock (_gate)
        {
            Times times = _times;
            _times = default;
            return times;
        }
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => _listener.Dispose();

    private void Add(string? stage, double seconds)
    {
        lock (_gate)
        {
            _times = stage switch
            {
                "load" => _times with { Load = _times.Load + seconds },
                "model" => _times with { Model = _times.Model + seconds },
                "aggregate" or "merge" => _times with { Merge = _times.Merge + seconds },
                _ => _times,
            };
        }
    }

    /// <summary>Seconds of each stage.</summary>
    /// <param name="Load">Reading and decoding pictures.</param>
    /// <param name="Model">Runs of the model.</param>
    /// <param name="Merge">Aggregation, merging and masks.</param>
    internal readonly record struct Times(double Load, double Model, double Merge);
}
