namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// The folders and lists that the images come from. When one of them is not there any more, a share went away: its images
/// are no failures.
/// </summary>
/// <param name="paths">Files and folders that were there at the start.</param>
internal sealed class InputSources(IReadOnlyList<string> paths)
{
    private readonly string[] _paths = [.. paths.Distinct(StringComparer.Ordinal)];

    /// <summary>Looks whether they are there.</summary>
    /// <exception cref="TemporaryException">One is not.</exception>
    public void ThrowIfGone()
    {
        if (_paths.FirstOrDefault(path => !File.Exists(path) && !Directory.Exists(path)) is { } gone)
        {
            throw new TemporaryException($"'{gone}', which images come from, is not there any more");
        }
    }

    /// <summary>Whether an image's file can be opened: if not, it may be out of this machine's reach.</summary>
    /// <param name="path">The file.</param>
    public static bool CanOpen(string path)
    {
        try
        {
            File.OpenHandle(path).Dispose();
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
