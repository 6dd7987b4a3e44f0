using DiffSeg.MLNet.Scoring;
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

    /// <summary>
    /// Threads within an operator, at least 1; null (the default) for all cores. Cursors and threads that share a transformer
    /// run its model as many at once as such runs have cores, by turns where each has all of them.
    /// </summary>
    public int? IntraOpNumThreads;

    /// <summary>Threads for operators that can run beside one another, at least 1; null for ONNX Runtime's choice.</summary>
    public int? InterOpNumThreads;

    /// <summary>
    /// Rows to read and score ahead of the one that is being read, from 0 to 8, on a thread of the cursor's own: while the
    /// mask of a row is made, the next picture is decoded and goes through the model. Each costs the memory of one row's
    /// attention. 0 reads no row before it is asked for, which suits rows that come live. Nothing is read ahead where
    /// pictures are among the columns asked for, nor in a prediction engine.
    /// </summary>
    /// <remarks>
    /// A set of cursors has the same memory, however many cursors are asked for: there are up to 1 + LookAhead of them, each
    /// with a row of its own and none ahead, and they share the rows out one by one. With a <see cref="BatchSize"/>, rows ahead
    /// are rounded up to whole batches.
    /// </remarks>
    public int LookAhead = Defaults.LookAhead;

    /// <summary>
    /// Rows that go through the model in one run, at least 1; null (the default) for the number that the model was built with,
    /// and 1 where it takes any (<see cref="AttentionModel.BatchSize"/>). A batch is gathered when the attention of its first
    /// row is read, and fills the memory of as many rows' attention, once more for every batch ahead
    /// (<see cref="LookAhead"/>). More than 1 is for GPUs: on a CPU, one row keeps all cores busy.
    /// </summary>
    /// <remarks>
    /// A prediction engine, and a cursor with pictures among its columns, run one row at a time; a model that takes a fixed
    /// number of rows is fed with zeros for the others there, and in the last batch of the data.
    /// </remarks>
    public int? BatchSize;

    /// <summary>
    /// Let ONNX Runtime plan its memory as one block from the second row on: somewhat faster for small models, up to twice
    /// the peak memory for large ones.
    /// </summary>
    public bool EnableMemoryPattern;

    /// <summary>
    /// Makes the session options, in place of all of the above but <see cref="LookAhead"/> and <see cref="BatchSize"/>: any execution provider. Called
    /// once for each fit; what it gives is disposed with the transformer, so it must be new each time.
    /// </summary>
    public Func<SessionOptions>? CreateSessionOptions;

    /// <summary>The KL threshold for a model that merges in its graph; null for the model's own.</summary>
    internal float? FirstKlThreshold { get; set; }

    internal AttentionScoringOptions Checked(AttentionModel model)
    {
        AtLeast(0, GpuDeviceId, nameof(GpuDeviceId));
        AtLeast(1, IntraOpNumThreads, nameof(IntraOpNumThreads));
        AtLeast(1, InterOpNumThreads, nameof(InterOpNumThreads));
        if (LookAhead is < 0 or > Defaults.MostRowsAhead)
        {
            throw new ArgumentOutOfRangeException(
                nameof(LookAhead), LookAhead, $"LookAhead must be from 0 to {Defaults.MostRowsAhead} rows.");
        }

        AtLeast(1, BatchSize, nameof(BatchSize));
        if (model.BatchSize is { } built && BatchSize is { } asked && asked != built)
        {
            throw new ArgumentOutOfRangeException(
                nameof(BatchSize), asked,
                $"'{model.Path}' was built for {built} in a run, no more and no fewer: leave BatchSize null, or build the model for any number.");
        }

        if (model.Outputs.Any(output => (long)output.Maps * output.Shape.Tokens * RowsPerRun(model).Most > Array.MaxLength))
        {
            throw new ArgumentOutOfRangeException(
                nameof(BatchSize), BatchSize, "So many rows have more than 2^31 values of attention in one output: ask for fewer.");
        }

        // A copy: what the caller changes afterwards is for the next estimator.
        return (AttentionScoringOptions)MemberwiseClone();
    }

    internal RowsPerRun RowsPerRun(AttentionModel model)
        => new(model.BatchSize ?? BatchSize ?? Defaults.BatchSize, model.BatchSize is not null);

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
        public const int BatchSize = 1;
        public const int MostRowsAhead = 8;
    }
}
