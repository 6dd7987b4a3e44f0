namespace DiffSeg.Cli.Batching;

/// <summary>The run cannot go on here and now, but may later or elsewhere: a full disk, a sick GPU, a share that went away.</summary>
internal sealed class TemporaryException(string message, Exception? cause = null) : Exception(message, cause);
