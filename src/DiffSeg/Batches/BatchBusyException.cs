namespace DiffSeg.Batches;

/// <summary>
/// Another process is writing the same file of a batch: a shard that runs twice, or one that is about to end. Trying again
/// later helps.
/// </summary>
public sealed class BatchBusyException : IOException
{
    internal BatchBusyException(string path)
        : base($"Another process is writing '{path}'. Let each shard run once; if one has just been stopped, try again.") => Path = path;

    /// <summary>The file that the other process will write.</summary>
    public string Path { get; }
}
