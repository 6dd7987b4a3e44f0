namespace DiffSeg.Cli.Batching.Listing;

/// <summary>A line of a manifest that names no image. The message follows the line's number in a sentence.</summary>
/// <param name="line">The line's number, from 1; 0 where it is the whole file's fault.</param>
/// <param name="message">What is wrong with it.</param>
/// <param name="cause">What found it.</param>
internal sealed class ManifestException(int line, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The line's number, from 1; 0 where it is the whole file's fault.</summary>
    public int Line { get; } = line;
}
