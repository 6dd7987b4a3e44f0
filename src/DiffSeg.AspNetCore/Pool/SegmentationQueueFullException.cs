namespace DiffSeg.AspNetCore;

/// <summary>As many pictures wait as may (<see cref="SegmentationServiceOptions.QueueLength"/>): ask again later.</summary>
public sealed class SegmentationQueueFullException : InvalidOperationException
{
    internal SegmentationQueueFullException(TimeSpan retryAfter)
        : base("As many pictures are waiting to be segmented as may; ask again later.")
        => RetryAfter = retryAfter;

    /// <summary>When there is likely room again: the time that the waiting pictures take, 1 second to 1 minute, in whole seconds.</summary>
    public TimeSpan RetryAfter { get; }
}
