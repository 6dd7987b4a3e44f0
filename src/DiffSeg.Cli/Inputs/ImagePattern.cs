using Microsoft.Extensions.FileSystemGlobbing;

namespace DiffSeg.Cli.Inputs;

/// <summary>Patterns such as "photos/**/*.jpg", for shells that do not expand them.</summary>
internal static class ImagePattern
{
    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Whether an input that does not exist was meant as a pattern.</summary>
    /// <param name="input">The input as given.</param>
    public static bool IsPattern(string input) => input.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>The folder beneath which a pattern is looked for, as a full path.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="workingDirectory">What a relative pattern starts from.</param>
    public static string FolderOf(string pattern, string workingDirectory) =>
        Path.GetFullPath(Cut(pattern) is > 0 and var cut ? pattern[..cut] : ".", workingDirectory);

    /// <summary>The pictures that match, as full paths in order.</summary>
    /// <param name="pattern">* stands for any part of a name, ** for any folders.</param>
    /// <param name="workingDirectory">What a relative pattern starts from.</param>
    /// <exception cref="SetupException">The pattern has a wildcard that does not exist here, or starts from no folder.</exception>
    public static IReadOnlyList<string> Find(string pattern, string workingDirectory)
    {
        if (pattern.Contains('?'))
        {
            throw new SetupException($"'{pattern}': the wildcards are * (part of a name) and ** (any folders); there is no ?.");
        }

        string folder = FolderOf(pattern, workingDirectory);
        if (!Directory.Exists(folder))
        {
            throw new SetupException($"'{pattern}' matches nothing: there is no folder '{folder}'.");
        }

        var matcher = new Matcher(StringComparison.OrdinalIgnoreCase);
        matcher.AddInclude(pattern[Cut(pattern)..]);
        return [.. matcher.GetResultsInFullPath(folder).Where(PictureExtensions.IsInput).Order(StringComparer.Ordinal)];
    }

    // The matcher wants a folder and a pattern beneath it: the folder is what stands before the first wildcard.
    private static int Cut(string pattern) => pattern.LastIndexOfAny(Separators, Math.Max(0, pattern.IndexOf('*'))) + 1;
}
