using System.Net;

namespace DiffSeg.Cli.Pulling;

/// <summary>A download that is over and did not succeed. The message names the file, the cause and what to do.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="cause">What was thrown, if anything.</param>
internal class DownloadException(string message, Exception? cause = null) : IOException(message, cause);

/// <summary>The server has no such file.</summary>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class RemoteFileMissingException(string message) : DownloadException(message);

/// <summary>A transfer that broke and may succeed when it is tried again.</summary>
/// <param name="reason">Why it broke, as a phrase.</param>
/// <param name="cause">What was thrown, if anything.</param>
internal sealed class BrokenTransferException(string reason, Exception? cause = null) : IOException(reason, cause)
{
    /// <summary>How long the server asks to wait; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The server's answer, when there was one.</summary>
    public HttpStatusCode? Status { get; init; }
}
