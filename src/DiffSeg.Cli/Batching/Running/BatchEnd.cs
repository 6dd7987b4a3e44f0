namespace DiffSeg.Cli.Batching.Running;

/// <summary>How a run came to its end, where nothing went wrong with it.</summary>
internal enum BatchEnd
{
    /// <summary>All images of the shard have a result.</summary>
    Done,

    /// <summary>It was asked to stop.</summary>
    Stopped,
}
