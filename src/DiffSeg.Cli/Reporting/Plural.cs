namespace DiffSeg.Cli.Reporting;

/// <summary>"1 image", "2 images".</summary>
internal static class Plural
{
    /// <summary>The number and the word.</summary>
    /// <param name="count">How many.</param>
    /// <param name="word">The word for one.</param>
    public static string Of(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";
}
