namespace DiffSeg.Cli.Pulling;

/// <summary>All bytes are there, and they are not those that were promised. The file has been discarded.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="wasContinued">Whether a part of the file came from an earlier try.</param>
internal sealed class WrongHashException(string message, bool wasContinued) : DownloadException(message)
{
    /// <summary>Whether a part of the file came from an earlier try, which may be what is wrong.</summary>
    public bool WasContinued { get; } = wasContinued;
}
