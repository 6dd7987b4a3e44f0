namespace DiffSeg.AspNetCore.Pool;

/// <summary>What became of a picture.</summary>
internal sealed class PoolOutcome
{
    private PoolOutcome(string name) => Name = name;

    /// <summary>It has a mask.</summary>
    public static PoolOutcome Segmented { get; } = new("segmented");

    /// <summary>The picture itself, or what was asked for it, cannot be.</summary>
    public static PoolOutcome Refused { get; } = new("refused");

    /// <summary>There was no room in the queue.</summary>
    public static PoolOutcome Full { get; } = new("full");

    /// <summary>Nobody waits for it any more.</summary>
    public static PoolOutcome Cancelled { get; } = new("cancelled");

    /// <summary>The machine failed: the model cannot run, or memory is short.</summary>
    public static PoolOutcome Failed { get; } = new("failed");

    /// <summary>As metrics call it.</summary>
    public string Name { get; }

    /// <summary>The outcome of a picture's work.</summary>
    /// <param name="problem">What was thrown; null when all went well.</param>
    public static PoolOutcome Of(Exception? problem) => problem switch
    {
        null => Segmented,
        OperationCanceledException => Cancelled,

        // The one setting that only a picture's attention can tell to be wrong.
        PictureRefusedException or ArgumentException { ParamName: nameof(DiffSegOptions.AnchorsPerSide) } => Refused,
        _ => Failed,
    };
}
