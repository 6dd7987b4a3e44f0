using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Asking;

/// <summary>The values of --method: names, with commas between them or one by one, or "all".</summary>
internal static class MethodText
{
    private const string All = "all";

    /// <summary>Reads them.</summary>
    /// <param name="texts">As typed.</param>
    /// <param name="error">What is wrong, a sentence; null when nothing is.</param>
    /// <returns>The methods, each once, in the order of the report.</returns>
    public static IReadOnlyList<MethodKind> Parse(IEnumerable<string> texts, out string? error)
    {
        HashSet<MethodKind> chosen = [];
        error = null;
        foreach (string text in texts.SelectMany(text => text.Split(',')).Select(text => text.Trim().ToLowerInvariant()))
        {
            if (text == All)
            {
                chosen.UnionWith(MethodFacts.Words.Select(pair => pair.Method));
            }
            else if (MethodFacts.Words.Any(pair => pair.Word == text))
            {
                chosen.Add(MethodFacts.Words.First(pair => pair.Word == text).Method);
            }
            else
            {
                IReadOnlyList<string> words = [.. MethodFacts.Words.Select(pair => pair.Word), All];
                error = $"--method takes {string.Join(", ", words)}, not '{text}'.{Suggestion.For(text, words)}";
            }
        }

        return [.. MethodFacts.Words.Select(pair => pair.Method).Where(chosen.Contains)];
    }
}
