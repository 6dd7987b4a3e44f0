using System.Text.RegularExpressions;

namespace DiffSeg.Batches;

/// <summary>Reasons of failures as text.</summary>
internal static partial class FailureReason
{
    private const int LongestKind = 100;

    /// <summary>A reason in one line.</summary>
    /// <param name="reason">The reason.</param>
    public static string OneLine(string reason) => Blanks().Replace(reason, " ").Trim();

    /// <summary>
    /// What reasons of a kind have in common: names between quotation marks become "...", numbers "#", and what follows the
    /// first sentence is left out.
    /// </summary>
    /// <param name="reason">A reason in one line.</param>
    public static string KindOf(string reason)
    {
        string kind = Numbers().Replace(Quoted().Replace(reason, "'...'"), "#");
        int end = kind.IndexOf(". ", StringComparison.Ordinal);
        kind = (end < 0 ? kind : kind[..end]).TrimEnd('.');
        if (kind.Length <= LongestKind)
        {
            return kind;
        }

        int word = kind.LastIndexOf(' ', LongestKind);
        return kind[..(word > 0 ? word : LongestKind)] + "...";
    }

    // Not all of \p{C}: halves of surrogate pairs are among it, and a name may hold any character.
    [GeneratedRegex(@"[\p{Cc}\p{Cf}\p{Z}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    // A quotation mark within a word (don't) begins nothing.
    [GeneratedRegex(@"(?<!\w)'[^']*'(?!\w)|""[^""]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\d+(?:[.,]\d+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
