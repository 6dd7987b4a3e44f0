namespace DiffSeg.Batches;

/// <summary>
/// Another process is writing the same file of a batch, or has just written it: a shard that runs twice, or one that is about to end. Trying again
/// later helps.
/// </summary>
public sealed class BatchBusyException : IOException
{
    internal BatchBusyException(string message, string path)
        : base(message) => Path = path;

    /// <summary>The file that the other process writes.</summary>
    public string Path { get; }

    internal static BatchBusyException Of(string path) =>
        new($"Another process is writing '{path}'. Let each shard run once; if one has just been stopped, try again.", path);
}
