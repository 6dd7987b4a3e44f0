using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Inputs;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>The images that the inputs of "diffseg batch" name, in a stable order and with a name for each.</summary>
/// <param name="workingDirectory">What relative paths start from.</param>
/// <param name="openStandardInput">Opens the list on standard input.</param>
internal sealed class BatchInputs(string workingDirectory, Func<Stream> openStandardInput)
{
    /// <summary>Names the list on standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The images of all inputs. Lists are read as they are walked, and only once.</summary>
    /// <param name="input">The inputs.</param>
    /// <exception cref="SetupException">An input names nothing, or a list is none; may come while it is walked.</exception>
    public IEnumerable<ListedImage> Find(InputSettings input)
    {
        if (input.Inputs.Count(given => given == StandardInput) > 1)
        {
            throw new SetupException("Standard input ('-') can be read once; give it once.");
        }

        return input.Inputs.SelectMany(given => FindOne(given, input.Recursive));
    }

    /// <summary>The folder or list of each input that images come from.</summary>
    /// <param name="input">The inputs.</param>
    public IReadOnlyList<string> Sources(InputSettings input) =>
        [.. input.Inputs.Where(given => given != StandardInput).Select(given => IsList(given) ? Full(given) : FolderOf(given))];

    private IEnumerable<ListedImage> FindOne(string given, bool recursive)
    {
        if (given == StandardInput)
        {
            return Lines(openStandardInput, ManifestKind.Text, "standard input", workingDirectory);
        }

        string path = Full(given);
        return IsList(given)
            ? Lines(() => Open(given, path), ManifestReader.KindOf(given)!.Value, given, Path.GetDirectoryName(path)!)
            : Pictures(given, recursive);
    }

    private static IEnumerable<ListedImage> Lines(Func<Stream> open, ManifestKind kind, string name, string folder)
    {
        using Stream stream = open();
        foreach (ManifestEntry entry in ManifestReader.Read(stream, kind, name))
        {
            yield return new ListedImage(entry.Id ?? entry.Path, entry.Path, folder, $"{name}, line {entry.Line}");
        }
    }

    // The names do not tell where the folder lies: the results are the same on every machine that has it.
    private IEnumerable<ListedImage> Pictures(string given, bool recursive)
    {
        string folder = FolderOf(given);
        foreach (InputImage image in new ImageFinder(workingDirectory).FindOne(given, recursive))
        {
            string relative = Path.GetRelativePath(folder, image.Path);
            yield return new ListedImage(relative.Replace(Path.DirectorySeparatorChar, '/'), relative, folder, image.Name);
        }
    }

    private static FileStream Open(string given, string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new SetupException(
                problem is FileNotFoundException or DirectoryNotFoundException
                    ? $"The list of images '{given}' does not exist."
                    : $"The list of images '{given}' cannot be read: {problem.Message}",
                problem);
        }
    }

    private string Full(string given) => string.IsNullOrWhiteSpace(given)
        ? throw new SetupException("An input is empty. Give a file, a folder, a pattern such as \"photos/*.jpg\", a list of images or '-'.")
        : Path.GetFullPath(given, workingDirectory);

    private bool IsList(string given) => ManifestReader.KindOf(given) is not null && !Directory.Exists(Full(given));

    // A folder itself, the folder of a picture, or the one that a pattern starts from.
    private string FolderOf(string given)
    {
        string path = Full(given);
        return Directory.Exists(path) ? path
            : File.Exists(path) || !ImagePattern.IsPattern(given) ? Path.GetDirectoryName(path) ?? path
            : ImagePattern.FolderOf(given, workingDirectory);
    }
}
