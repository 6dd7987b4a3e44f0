namespace DiffSeg.Batches;

/// <summary>
/// A folder that a batch cannot be written to or read from as asked: it holds a batch with another plan or a damaged one, or
/// none where one is expected. Trying again does not help. The message says what to do.
/// </summary>
public sealed class BatchFolderException : IOException
{
    internal BatchFolderException(string folder, string message, IReadOnlyList<string>? differences = null, Exception? cause = null)
        : base(message, cause)
    {
        Folder = folder;
        Differences = differences ?? [];
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>What differs between the plan there and the plan asked for, a line each; empty when that is not the reason.</summary>
    public IReadOnlyList<string> Differences { get; }
}
