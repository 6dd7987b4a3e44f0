using DiffSeg.Cli.CommandLine;

namespace DiffSeg.Cli.Inputs;

/// <summary>Turns the inputs of a command (files, folders, patterns) into pictures.</summary>
/// <param name="workingDirectory">What relative paths start from.</param>
internal sealed class ImageFinder(string workingDirectory)
{
    /// <summary>Finds the pictures of all inputs, each picture once, in the order of the inputs and sorted within one.</summary>
    /// <param name="inputs">Files, folders, or patterns with * and **.</param>
    /// <param name="recursive">Whether the folders inside a folder count too.</param>
    /// <exception cref="SetupException">An input names nothing; all such inputs are listed.</exception>
    public IReadOnlyList<InputImage> Find(IEnumerable<string> inputs, bool recursive)
    {
        var images = new List<InputImage>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (string input in inputs)
        {
            try
            {
                images.AddRange(FindOne(input, recursive).Where(image => known.Add(image.Path)));
            }
            catch (SetupException problem)
            {
                problems.Add(problem.Message);
            }
        }

        return problems.Count == 0 ? images : throw new SetupException(string.Join(Environment.NewLine, problems));
    }

    /// <summary>Finds the pictures of one input, sorted. Nothing but their paths is held.</summary>
    /// <param name="input">A file, a folder, or a pattern with * and **.</param>
    /// <param name="recursive">Whether the folders inside a folder count too.</param>
    /// <exception cref="SetupException">It names nothing.</exception>
    public IEnumerable<InputImage> FindOne(string input, bool recursive)
    {
        try
        {
            return Look(input, recursive);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(problem.Message, problem);
        }
    }

    private IEnumerable<InputImage> Look(string input, bool recursive)
    {
        if (string.IsNullOrWhiteSpace(input))
        {
            throw new SetupException("An input is empty. Give a file, a folder or a pattern such as \"photos/*.jpg\".");
        }

        string path = Path.GetFullPath(input, workingDirectory);
        if (File.Exists(path))
        {
            return [new InputImage(path, input)];
        }

        if (Directory.Exists(path))
        {
            return InFolder(path, input, recursive);
        }

        return ImagePattern.IsPattern(input) ? ByPattern(input) : throw Missing(input, path);
    }

    private static IEnumerable<InputImage> InFolder(string folder, string input, bool recursive)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = recursive, IgnoreInaccessible = true };
        string[] files = [.. Directory.EnumerateFiles(folder, "*", options).Where(PictureExtensions.IsInput).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            string hint = recursive ? "" : " Its subfolders are searched with --recursive.";
            throw new SetupException($"The folder '{input}' holds no pictures ({PictureExtensions.Text}).{hint}");
        }

        return files.Select(file => new InputImage(file, Path.Combine(input, Path.GetRelativePath(folder, file))));
    }

    private IEnumerable<InputImage> ByPattern(string pattern)
    {
        IReadOnlyList<string> files = ImagePattern.Find(pattern, workingDirectory);
        return files.Count > 0
            ? files.Select(file => new InputImage(file, Shown(file)))
            : throw new SetupException($"No picture matches '{pattern}' ({PictureExtensions.Text}).");
    }

    private string Shown(string file)
    {
        string relative = Path.GetRelativePath(workingDirectory, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    private static SetupException Missing(string input, string path)
    {
        string parent = Path.GetDirectoryName(path) ?? path;
        if (!Directory.Exists(parent))
        {
            return new SetupException($"'{input}' does not exist: there is no folder '{parent}'.");
        }

        IEnumerable<string> neighbours = Directory.EnumerateFileSystemEntries(parent).Select(entry => Path.GetFileName(entry)!);
        return new SetupException($"'{input}' does not exist.{Suggestion.For(Path.GetFileName(path), neighbours)}");
    }
}
