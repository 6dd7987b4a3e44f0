namespace DiffSeg;

/// <summary>Settings of the segment under a point (<see cref="SegmentationSession.SegmentAt(int, int, PointOptions?, CancellationToken)"/>). Immutable.</summary>
public sealed record PointOptions
{
    /// <summary>
    /// A token is reached when its probability is this share of the largest one; between 0 and 1, default 0.3, as published.
    /// Higher makes thresholds finer and takes more steps.
    /// </summary>
    public float ReachShare
    {
        get;
        init => field = value is > 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ReachShare), value, "ReachShare must be between 0 and 1.");
    } = 0.3f;

    /// <summary>
    /// Steps that the chain takes at most, from 1 to 10,000; default 64. Each reads the attention once; most pictures take 8 to
    /// 15. What is not reached by then counts as this far away.
    /// </summary>
    public int MaxSteps
    {
        get;
        init => field = value is >= 1 and <= 10_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxSteps), value, "MaxSteps must be from 1 to 10,000.");
    } = 64;

    /// <summary>
    /// The segment is what is reached within so many steps; above 0. Null (the default) looks for the clearest outline, for
    /// each point by itself.
    /// </summary>
    public float? Steps
    {
        get;
        init => field = value is null or (> 0 and <= float.MaxValue)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Steps), value, "Steps must be above 0, or null for the clearest outline.");
    }

    /// <summary>
    /// Keep only what hangs together with a foreground point; default true. False takes things alike in other places of the
    /// picture along.
    /// </summary>
    public bool Connected { get; init; } = true;
}
