using System.Diagnostics;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Verifying;

/// <summary>Runs a model on a picture, looks at every output, and merges: what segmenting does, step by step and measured.</summary>
/// <param name="model">The model.</param>
/// <param name="gpu">CUDA device; null for the CPU.</param>
/// <param name="clock">What steps are timed with.</param>
internal sealed class Verification(AttentionModel model, int? gpu, TimeProvider clock)
{
    private readonly List<Stage> _stages = [];

    /// <summary>The steps that are over.</summary>
    public IReadOnlyList<Stage> Stages => _stages;

    /// <summary>The outputs that have been looked at, in the model's order.</summary>
    public List<(AttentionOutput Output, AttentionCheck Check)> Outputs { get; } = [];

    /// <summary>Number of segments; null before there are any.</summary>
    public int? Segments { get; private set; }

    /// <summary>Most bytes of memory that the process ever held.</summary>
    public long PeakMemory
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return _stages.Select(stage => stage.Memory).Append(process.PeakWorkingSet64).Max();
        }
    }

    /// <summary>
    /// Does it. Merging is left out when an output is not attention. A model that takes several pictures in a run gets the
    /// picture and its reverse in turns; all are looked at, and the first is merged.
    /// </summary>
    /// <param name="pixels">The picture, as the model wants it.</param>
    /// <param name="cancellationToken">Stops it between two steps.</param>
    /// <returns>Whether everything is as it should be.</returns>
    /// <exception cref="SetupException">ONNX Runtime cannot run the model, or not there.</exception>
    public bool Run(float[] pixels, CancellationToken cancellationToken)
    {
        using SessionOptions options = Guarded(Options);
        using InferenceSession session = Guarded(() => Measure("load", () => new InferenceSession(model.Path, options)));
        int pictures = model.BatchSize ?? 1;
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(Repeated(pixels, pictures), [pictures, 3, model.ImageHeight, model.ImageWidth]);
        cancellationToken.ThrowIfCancellationRequested();
        Guarded(() => Measure(Run("first"), () => RunOnce(session, input))).Dispose();
        cancellationToken.ThrowIfCancellationRequested();
        using IDisposableReadOnlyCollection<OrtValue> attention = Guarded(() => Measure(Run("warm"), () => RunOnce(session, input)));
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < attention.Count; i++)
        {
            AttentionOutput output = model.Outputs[i];
            Outputs.Add((output, AttentionCheck.Of(attention[i].GetTensorDataAsSpan<float>(), output.Shape.Tokens, model.FirstMerge is not null)));
        }

        if (!Outputs.TrueForAll(output => output.Check.IsGood))
        {
            return false;
        }

        if (model.FirstMerge is { } merge)
        {
            Segments = Measure("merging", () => SegmentMerged(attention[0], merge, cancellationToken)).SegmentCount;
            return true;
        }

        using AggregatedAttention aggregated = Measure("aggregation", () => Aggregate(attention));
        cancellationToken.ThrowIfCancellationRequested();
        Segments = Measure("merging", () => Segment(aggregated, cancellationToken)).SegmentCount;
        return true;
    }

    private string Run(string which) => model.BatchSize is > 1 and var count ? $"{which} run of {count}" : $"{which} run";

    private static float[] Repeated(float[] picture, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(i => i % 2 == 0 ? picture : picture.Reverse())];

    private SessionOptions Options()
    {
        var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (gpu is { } device)
        {
            options.AppendExecutionProvider_CUDA(device);
        }

        return options;
    }

    private IDisposableReadOnlyCollection<OrtValue> RunOnce(InferenceSession session, OrtValue input)
    {
        using var run = new RunOptions();
        return session.Run(run, [model.InputName], [input], model.OutputNames);
    }

    private AggregatedAttention Aggregate(IReadOnlyList<OrtValue> attention)
    {
        var aggregator = new AttentionAggregator([.. model.Outputs.Select(output => output.Shape)]);
        for (int i = 0; i < attention.Count; i++)
        {
            aggregator.Add(i, attention[i].GetTensorDataAsSpan<float>()[..(model.Outputs[i].Maps * model.Outputs[i].Shape.Tokens)]);
        }

        return aggregator.Aggregate();
    }

    private Segmentation SegmentMerged(OrtValue proposals, FirstMerge merge, CancellationToken cancellationToken)
    {
        AttentionShape map = model.Outputs[0].Shape;
        var segmenter = new DiffSegSegmenter(new DiffSegOptions
        {
            KlThreshold = model.RecommendedKlThreshold,
            AnchorsPerSide = merge.AnchorsPerSide,
            ZeroAttention = merge.ZeroAttention,
        });
        MaskGrid grid = MaskGrid.Whole(map.Height, map.Width, model.ImageHeight, model.ImageWidth);
        return segmenter.SegmentMerged(
            proposals.GetTensorDataAsSpan<float>(), map.Height, map.Width, grid, progress: null, cancellationToken);
    }

    private Segmentation Segment(AggregatedAttention attention, CancellationToken cancellationToken)
    {
        int side = Math.Max(2, Math.Min(16, Math.Min(attention.Height, attention.Width)));
        var segmenter = new DiffSegSegmenter(new DiffSegOptions { KlThreshold = model.RecommendedKlThreshold, AnchorsPerSide = side });
        return segmenter.Segment(attention, MaskGrid.Whole(attention, model.ImageHeight, model.ImageWidth), progress: null, cancellationToken);
    }

    // A missing native library or entry point shows itself as almost any exception.
    private T Guarded<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new SetupException(ModelFailure.Text(problem, model, gpu), problem);
        }
    }

    private T Measure<T>(string name, Func<T> step)
    {
        long begin = clock.GetTimestamp();
        T result = step();
        _stages.Add(new Stage(name, clock.GetElapsedTime(begin), Environment.WorkingSet));
        return result;
    }
}
