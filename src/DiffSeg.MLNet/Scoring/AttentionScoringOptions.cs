using DiffSeg.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet;

/// <summary>Settings of <c>ApplyAttentionModel</c>.</summary>
/// <remarks>Values are checked when the estimator is made; <see cref="ArgumentOutOfRangeException"/> names the field.</remarks>
public sealed class AttentionScoringOptions
{
    /// <summary>CUDA device to run the model on; null (the default) for the CPU.</summary>
    public int? GpuDeviceId;

    /// <summary>Whether to run on the CPU when that device cannot be used.</summary>
    public bool FallbackToCpu;

    /// <summary>Threads within an operator, at least 1; null (the default) for all cores.</summary>
    public int? IntraOpNumThreads;

    /// <summary>Threads for operators that can run beside one another, at least 1; null for ONNX Runtime's choice.</summary>
    public int? InterOpNumThreads;

    /// <summary>
    /// Rows to read and score ahead of the one that is being read, from 0 to 8, on a thread of the cursor's own: while the
    /// mask of a row is made, the next picture is decoded and goes through the model. Each costs the memory of one row's
    /// attention. 0 reads no row before it is asked for, which suits rows that come live. Nothing is read ahead where
    /// pictures are among the columns asked for, nor in a prediction engine.
    /// </summary>
    public int LookAhead = Defaults.LookAhead;

    /// <summary>
    /// Let ONNX Runtime plan its memory as one block from the second row on: somewhat faster for small models, up to twice
    /// the peak memory for large ones.
    /// </summary>
    public bool EnableMemoryPattern;

    /// <summary>
    /// Makes the session options, in place of all of the above but <see cref="LookAhead"/>: any execution provider. Called
    /// once for each fit; what it gives is disposed with the transformer, so it must be new each time.
    /// </summary>
    public Func<SessionOptions>? CreateSessionOptions;

    /// <summary>The KL threshold for a model that merges in its graph; null for the model's own.</summary>
    internal float? FirstKlThreshold { get; set; }

    internal AttentionScoringOptions Checked()
    {
        AtLeast(0, GpuDeviceId, nameof(GpuDeviceId));
        AtLeast(1, IntraOpNumThreads, nameof(IntraOpNumThreads));
        AtLeast(1, InterOpNumThreads, nameof(InterOpNumThreads));
        if (LookAhead is < 0 or > Defaults.MostRowsAhead)
        {
            throw new ArgumentOutOfRangeException(
                nameof(LookAhead), LookAhead, $"LookAhead must be from 0 to {Defaults.MostRowsAhead} rows.");
        }

        // A copy: what the caller changes afterwards is for the next estimator.
        return (AttentionScoringOptions)MemberwiseClone();
    }

    internal SessionOptions MakeSessionOptions(int? gpuDeviceId, AttentionModel model)
    {
        if (CreateSessionOptions is { } create)
        {
            return create() ?? throw new InvalidOperationException("CreateSessionOptions gave no session options.");
        }

        SessionOptions options = gpuDeviceId is { } device
            ? SessionOptions.MakeSessionOptionWithCudaProvider(device)
            : new SessionOptions();
        options.EnableMemoryPattern = EnableMemoryPattern;
        // Between two runs the cores are the masks': ONNX Runtime's threads would spin on them waiting for the next run.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        if (model.FirstMerge is not null)
        {
            // A threshold that can be handed to the graph is worth a warning to ONNX Runtime, on the standard error output.
            options.LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR;
        }

        if (IntraOpNumThreads is { } within)
        {
            options.IntraOpNumThreads = within;
        }

        if (InterOpNumThreads is { } between)
        {
            options.InterOpNumThreads = between;
        }

        return options;
    }

    private static void AtLeast(int least, int? value, string name)
    {
        if (value < least)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}, or null.");
        }
    }

    internal static class Defaults
    {
        public const int LookAhead = 1;
        public const int MostRowsAhead = 8;
    }
}
