namespace DiffSeg.Cli.Output;

/// <summary>The folder of a run's results.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string path) => FullPath = path;

    /// <summary>Full path.</summary>
    public string FullPath { get; }

    /// <summary>Makes the folder if need be and tries to write into it, before hours of work are lost on it.</summary>
    /// <param name="given">The value of --output.</param>
    /// <param name="workingDirectory">What a relative path starts from.</param>
    /// <exception cref="SetupException">It cannot be made or written into.</exception>
    public static OutputFolder Open(string given, string workingDirectory)
    {
        string path = Path.GetFullPath(given, workingDirectory);
        if (FileInTheWay(path) is { } file)
        {
            throw new SetupException(
                file == path
                    ? $"--output '{given}' is a file; give a folder."
                    : $"--output '{given}' cannot be made a folder: '{file}' is a file.");
        }

        try
        {
            Directory.CreateDirectory(path);
            using var probe = new AtomicFile(Path.Combine(path, "probe"));
            probe.Create().Dispose();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException($"--output '{given}' cannot be written into: {problem.Message}", problem);
        }

        return new OutputFolder(path);
    }

    // The path itself or a folder above it that is really a file.
    private static string? FileInTheWay(string? path)
    {
        while (path is not null && !System.IO.File.Exists(path))
        {
            path = Path.GetDirectoryName(path);
        }

        return path;
    }

    /// <summary>A file of the folder.</summary>
    /// <param name="name">Its name.</param>
    public AtomicFile File(string name) => new(Path.Combine(FullPath, name));
}
