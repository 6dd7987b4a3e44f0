using System.Diagnostics.Metrics;
using DiffSeg.Cli.Evaluating.Asking;

namespace DiffSeg.Cli.Batching.Telling;

/// <summary>
/// What a batch counts and measures, for dotnet-counters, OpenTelemetry and whatever else listens to
/// System.Diagnostics.Metrics.
/// </summary>
internal sealed class BatchMeters : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "DiffSeg.Batch";

    private readonly Meter _meter;
    private readonly Counter<long> _images;
    private readonly Counter<long> _segments;
    private readonly Counter<long> _chunks;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _faults;
    private readonly Histogram<double> _stages;

    /// <summary>Makes them.</summary>
    /// <param name="shard">The shard, a tag of all of them.</param>
    /// <param name="left">Images that are left.</param>
    public BatchMeters(Shard shard, Func<int> left)
    {
        _meter = new Meter(new MeterOptions(Name) { Tags = [new("shard", shard.ToString())] });
        _images = _meter.CreateCounter<long>("diffseg.batch.images", "{image}", "Images with a result, by outcome: ok or failed.");
        _segments = _meter.CreateCounter<long>("diffseg.batch.segments", "{segment}", "Segments of their masks.");
        _chunks = _meter.CreateCounter<long>("diffseg.batch.chunks", "{chunk}", "Chunks that are done.");
        _bytes = _meter.CreateCounter<long>("diffseg.batch.written", "By", "Bytes of the chunks that are done.");
        _faults = _meter.CreateCounter<long>("diffseg.batch.machine_faults", "{fault}", "Times that the machine failed, not the image.");
        _stages = _meter.CreateHistogram<double>("diffseg.batch.stage.duration", "s", "Time per image, by stage: segment (read, decode, model, merge) or write; and per chunk: flush.");
        _meter.CreateObservableGauge("diffseg.batch.images_left", left, "{image}", "Images of the shard that are left.");
    }

    /// <summary>What the chain tells of its own stages.</summary>
    public ChainStages Chain { get; } = new();

    /// <summary>An image has its result.</summary>
    /// <param name="ok">Whether it is a mask.</param>
    /// <param name="segments">Its segments.</param>
    public void Image(bool ok, int segments)
    {
        _images.Add(1, new KeyValuePair<string, object?>("outcome", ok ? "ok" : "failed"));
        _segments.Add(segments);
    }

    /// <summary>A chunk is done.</summary>
    /// <param name="bytes">Bytes of its files.</param>
    public void Chunk(long bytes)
    {
        _chunks.Add(1);
        _bytes.Add(bytes);
    }

    /// <summary>The machine failed.</summary>
    public void Fault() => _faults.Add(1);

    /// <summary>A stage took its time.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="time">The time.</param>
    public void Stage(string stage, TimeSpan time) =>
        _stages.Record(time.TotalSeconds, new KeyValuePair<string, object?>("stage", stage));

    /// <summary>Ends them.</summary>
    public void Dispose()
    {
        Chain.Dispose();
        _meter.Dispose();
    }
}
