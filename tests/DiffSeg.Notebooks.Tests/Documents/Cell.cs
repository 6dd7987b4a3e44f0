namespace DiffSeg.Notebooks.Tests.Documents;

/// <summary>A cell of a notebook.</summary>
/// <param name="IsCode">C# to be run; otherwise prose in Markdown.</param>
/// <param name="Source">Its text, lines parted by \n, without an empty line at the end.</param>
public sealed record Cell(bool IsCode, string Source)
{
    public static Cell Code(string source) => new(true, Tidy(source));

    public static Cell Prose(string source) => new(false, Tidy(source));

    private static string Tidy(string source) => source.ReplaceLineEndings("\n").Trim('\n', ' ');
}
