using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace DiffSeg.MLNet.Metrics;

/// <summary>
/// The stages of a row, timed for whoever listens to the meter DiffSeg.MLNet of System.Diagnostics.Metrics: dotnet-counters,
/// OpenTelemetry, <c>diffseg batch</c>. ML.NET's own steps between them are not ours to time. Costs nothing when nobody listens.
/// </summary>
internal sealed class Stage
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "DiffSeg.MLNet";

    /// <summary>A picture's file is read and decoded.</summary>
    public static readonly Stage Load = new("load");

    /// <summary>The model runs, once for all rows of its batch; waiting for a turn is not part of it.</summary>
    public static readonly Stage Model = new("model");

    /// <summary>One column of attention is added to what the row has so far.</summary>
    public static readonly Stage Aggregate = new("aggregate");

    /// <summary>Maps are merged, and the mask is made.</summary>
    public static readonly Stage Merge = new("merge");

    private static readonly Histogram<double> Durations = new Meter(MeterName).CreateHistogram<double>(
        "diffseg.stage.duration", "s", "Time of each stage: load, model, aggregate (once for each column of attention), merge.");

    private readonly KeyValuePair<string, object?> _tag;

    private Stage(string name) => _tag = new("stage", name);

    /// <summary>Times the stage from now until what is returned is disposed.</summary>
    public Timing Begin() => new(this);

    /// <summary>A stage that has begun.</summary>
    internal readonly ref struct Timing(Stage stage) : IDisposable
    {
        private readonly long _begin = Durations.Enabled ? Stopwatch.GetTimestamp() : 0;

        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            if (_begin != 0)
            {
                Durations.Record(Stopwatch.GetElapsedTime(_begin).TotalSeconds, stage._tag);
            }
        }
    }
}
