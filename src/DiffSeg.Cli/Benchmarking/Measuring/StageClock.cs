using System.Diagnostics;

namespace DiffSeg.Cli.Benchmarking.Measuring;

/// <summary>Times the stages of one picture. Told on the calling thread, so what is told marks the end of the stage before.</summary>
internal sealed class StageClock : IProgress<SegmentationProgress>
{
    private readonly Dictionary<string, double> _milliseconds = [];
    private string _stage = "";
    private long _begin;

    /// <summary>The names of the stages, in order.</summary>
    public static IReadOnlyList<string> Stages { get; } =
        ["aggregation", "first merge", "later merges", "refinement", "masks", "numbering"];

    /// <summary>Milliseconds since the first stage began, without what came after <see cref="End"/>.</summary>
    public double Total => _milliseconds.Values.Sum();

    /// <summary>Milliseconds of a stage.</summary>
    /// <param name="stage">One of <see cref="Stages"/>.</param>
    public double this[string stage] => _milliseconds.GetValueOrDefault(stage);

    /// <summary>A stage begins, and the one before is over.</summary>
    /// <param name="stage">One of <see cref="Stages"/>.</param>
    public void Begin(string stage)
    {
        long now = Stopwatch.GetTimestamp();
        if (_stage.Length > 0)
        {
            _milliseconds[_stage] = this[_stage] + Stopwatch.GetElapsedTime(_begin, now).TotalMilliseconds;
        }

        (_stage, _begin) = (stage, now);
    }

    /// <summary>The last stage is over.</summary>
    public void End() => Begin("");

    /// <inheritdoc/>
    public void Report(SegmentationProgress value) => Begin(value.Stage switch
    {
        SegmentationStage.Merging => value.Step == 0 ? "first merge" : "later merges",
        SegmentationStage.Refining => "refinement",
        SegmentationStage.Masking => "masks",
        _ => "numbering",
    });
}
