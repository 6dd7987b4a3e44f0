namespace DiffSeg.Cli.Output;

/// <summary>A single file that a command was asked to write; looked at before the work begins.</summary>
internal static class OutputFile
{
    /// <summary>The full path of the file to write.</summary>
    /// <param name="option">The option that named it.</param>
    /// <param name="given">As given.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    /// <exception cref="SetupException">It is a folder, or its folder does not exist.</exception>
    public static string PathOf(string option, string given, string workingDirectory)
    {
        string path = Path.GetFullPath(given, workingDirectory);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(given))
        {
            throw new SetupException($"{option} '{given}' is a folder; give a file.");
        }

        return Directory.Exists(Path.GetDirectoryName(path))
            ? path
            : throw new SetupException($"{option} '{given}': the folder '{Path.GetDirectoryName(path)}' does not exist.");
    }
}
