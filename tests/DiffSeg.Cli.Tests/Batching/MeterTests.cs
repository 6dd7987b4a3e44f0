using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DiffSeg.Cli.Batching.Telling;

namespace DiffSeg.Cli.Tests.Batching;

/// <summary>What listeners to System.Diagnostics.Metrics are told.</summary>
public sealed class MeterTests
{
    [Fact]
    public async Task Images_chunks_and_stages_are_counted()
    {
        using var batch = new BatchRunner(images: 16, everyBroken: 8);
        var sums = new ConcurrentDictionary<string, double>();
        var counts = new ConcurrentDictionary<string, int>();
        int left = -1;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                // Other tests have meters of that name at the same time.
                if (instrument.Meter.Name == BatchMeters.Name && instrument.Meter.Tags!.Contains(new KeyValuePair<string, object?>("shard", "2/2")))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => left = value);
        listener.Start();

        await batch.Good("out", "--shard", "2/2", "--max-error-rate", "1");

        Assert.Equal((6, 2), (sums["diffseg.batch.images ok"], sums["diffseg.batch.images failed"]));
        Assert.Equal((24, 2), (sums["diffseg.batch.segments"], sums["diffseg.batch.chunks"]));
        Assert.Equal(
            Directory.GetFiles(batch.Folder["out"], "chunk-*").Where(file => !file.EndsWith(".done", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length),
            sums["diffseg.batch.written"]);
        Assert.Equal((8, 6, 2), (counts["diffseg.batch.stage.duration segment"], counts["diffseg.batch.stage.duration write"], counts["diffseg.batch.stage.duration flush"]));
        Assert.True(sums["diffseg.batch.stage.duration segment"] > 0);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            string key = tags.Length > 0 ? $"{instrument.Name} {tags[0].Value}" : instrument.Name;
            sums.AddOrUpdate(key, value, (_, sum) => sum + value);
            counts.AddOrUpdate(key, 1, (_, count) => count + 1);
            listener.RecordObservableInstruments();
            Assert.InRange(left, 0, 8);
        }
    }
}
