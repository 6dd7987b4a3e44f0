namespace DiffSeg.DataSets;

/// <summary>Where a data set's folders are below its root, and the message when they are not.</summary>
/// <param name="Name">The data set.</param>
/// <param name="Root">The folder that the user gave.</param>
/// <param name="Tree">The expected folders, a line each, below the root.</param>
internal sealed record Layout(string Name, string Root, params string[] Tree)
{
    private const int ShownEntries = 12;

    /// <summary>The first of some folders that is there.</summary>
    /// <param name="places">Paths below the root, with '/'; the expected one first.</param>
    /// <returns>Its path.</returns>
    /// <exception cref="DataSetException">None is there.</exception>
    public string Folder(params ReadOnlySpan<string> places)
    {
        foreach (string place in places)
        {
            string folder = Below(Root, place);
            if (Directory.Exists(folder))
            {
                return folder;
            }
        }

        throw Missing($"folder '{places[0]}'", places, Directory.Exists);
    }

    /// <summary>As <see cref="Folder"/>, for a file.</summary>
    public string File(string place)
    {
        string file = Below(Root, place);
        return System.IO.File.Exists(file) ? file : throw Missing($"file '{place}'", [place], System.IO.File.Exists);
    }

    /// <summary>An error of this data set, with the expected folders and what there is.</summary>
    public DataSetException Wrong(string what) => new(
        Root,
        $"{Name}: {what}{Environment.NewLine}Expected:{Environment.NewLine}{Lines([Root, .. Tree.Select(line => "  " + line)])}"
        + $"Found:{Environment.NewLine}{Lines([Root, .. Found().Select(line => "  " + line)])}".TrimEnd());

    private static string Lines(IEnumerable<string> lines)
        => string.Concat(lines.Select(line => $"  {line}{Environment.NewLine}"));

    private static string Below(string root, string place) => Path.Combine([root, .. place.Split('/')]);

    private DataSetException Missing(string what, ReadOnlySpan<string> places, Func<string, bool> exists)
    {
        if (!Directory.Exists(Root))
        {
            return Wrong($"there is no folder '{Root}' (looked for '{Path.GetFullPath(Root)}').");
        }

        // One level too high or too low is the usual mistake.
        string full = Path.GetFullPath(Root);
        string[] around = [.. Directory.EnumerateDirectories(full).Order(StringComparer.Ordinal)];
        foreach (string other in Path.GetDirectoryName(full) is { } above ? [.. around, above] : around)
        {
            foreach (string place in places)
            {
                if (exists(Below(other, place)))
                {
                    return Wrong($"there is no {what} in '{Root}', but '{other}' has it: give that folder.");
                }
            }
        }

        return Wrong($"there is no {what} in '{Root}'.");
    }

    private IEnumerable<string> Found()
    {
        if (!Directory.Exists(Root))
        {
            return ["(no such folder)"];
        }

        string[] folders = [.. Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path) + "/").Order(StringComparer.Ordinal)];
        string[] files = [.. Directory.EnumerateFiles(Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        string[] all = [.. folders, .. files];
        return all.Length == 0 ? ["(nothing)"]
            : all.Length <= ShownEntries ? all
            : [.. all.Take(ShownEntries), $"... ({folders.Length} folders and {files.Length} files in all)"];
    }
}
