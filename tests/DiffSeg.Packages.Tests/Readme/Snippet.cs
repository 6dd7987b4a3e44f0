using System.Text.RegularExpressions;

namespace DiffSeg.Packages.Tests.Readme;

/// <summary>A fenced block of C# in a Markdown text.</summary>
/// <param name="Line">Line of the opening fence, from 1.</param>
/// <param name="Code">What stands between the fences.</param>
/// <param name="Runs">False when the comment <c>&lt;!-- not run --&gt;</c> stands on the line before the fence.</param>
public sealed partial record Snippet(int Line, string Code, bool Runs)
{
    /// <summary>Whether it begins a program: it makes its own MLContext, or names its packages as a file-based app does.</summary>
    public bool BeginsProgram =>
        Code.Contains("new MLContext(", StringComparison.Ordinal) || Code.Contains("#:package", StringComparison.Ordinal);

    public static IReadOnlyList<Snippet> In(string markdown)
    {
        string text = markdown.ReplaceLineEndings("\n");
        return
        [
            .. Fence().Matches(text).Select(block => new Snippet(
                text.AsSpan(0, block.Groups["fence"].Index).Count('\n') + 1,
                block.Groups["code"].Value,
                !block.Groups["mark"].Success)),
        ];
    }

    [GeneratedRegex(@"^(?<mark><!-- not run -->\n+)?(?<fence>```(?:csharp|cs|c#)[^\n]*\n)(?<code>.*?)^```[ ]*$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Fence();
}
