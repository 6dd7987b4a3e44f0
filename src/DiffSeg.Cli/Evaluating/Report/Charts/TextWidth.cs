using System.Text;

namespace DiffSeg.Cli.Evaluating.Report.Charts;

/// <summary>How wide a text is about, in a common sans-serif face; rather too wide than too narrow.</summary>
internal static class TextWidth
{
    private const double Narrow = 0.37;
    private const double Usual = 0.64;
    private const double Wide = 1;
    private const double Full = 1.1;

    /// <summary>The width in pixels.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the face in pixels.</param>
    public static double Of(string text, double size) => size * text.EnumerateRunes().Sum(Of);

    /// <summary>The text, cut with an ellipsis where it is wider than allowed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="size">Size of the face in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    public static string Fit(string text, double size, double width)
    {
        // A text that was measured to fit shall fit, whatever was added and taken away since.
        if (Of(text, size) <= width + 0.01)
        {
            return text;
        }

        var kept = new StringBuilder();
        double left = width - Of("…", size);
        foreach (Rune rune in text.EnumerateRunes())
        {
            left -= size * Of(rune);
            if (left < 0)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    private static double Of(Rune rune) => rune.Value switch
    {
        'i' or 'l' or 'j' or 't' or 'f' or 'r' or 'I' or ' ' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or '(' or ')' => Narrow,
        'm' or 'w' or 'M' or 'W' or '%' or '@' or '…' => Wide,
        >= 0x1100 => Full,
        _ => Usual,
    };
}
