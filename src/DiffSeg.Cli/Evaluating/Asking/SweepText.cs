using System.Globalization;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Asking;

/// <summary>The value of --sweep: "threshold", "threshold=0.7:1.3:0.1", "anchors=8,16,32".</summary>
internal static class SweepText
{
    // More would be a mistake in the step.
    private const int MostValues = 200;

    /// <summary>Reads it.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="error">What is wrong, a sentence; null when nothing is.</param>
    public static SweepRequest? Parse(string text, out string? error)
    {
        string[] sides = text.Split('=', 2);
        if (SweepFacts.Words.FirstOrDefault(pair => pair.Word.Equals(sides[0], StringComparison.OrdinalIgnoreCase)) is not { Word: not null } found)
        {
            IEnumerable<string> words = SweepFacts.Words.Select(pair => pair.Word);
            error = $"--sweep takes {string.Join(", ", words)}, alone or with values, not '{text}'.{Suggestion.For(sides[0], words)}";
            return null;
        }

        SweepAxis axis = found.Axis;
        IReadOnlyList<decimal>? values = sides.Length == 1 ? null : Values(axis, sides[1]);
        error = sides.Length == 2 && values is null ? $"--sweep {found.Word} takes {axis.Hint()}; not '{sides[1]}'." : null;
        return error is null ? new SweepRequest(axis, values) : null;
    }

    private static IReadOnlyList<decimal>? Values(SweepAxis axis, string text)
    {
        List<decimal> values = [];
        foreach (string part in text.Split(','))
        {
            if (Range(axis, part.Trim()) is not { } range || values.Count + range.Count > MostValues || !range.All(value => axis.Allows(value)))
            {
                return null;
            }

            values.AddRange(range);
        }

        return [.. values.Distinct()];
    }

    // "0.7:1.3:0.1" with both ends, or one value.
    private static IReadOnlyList<decimal>? Range(SweepAxis axis, string text)
    {
        decimal?[] ends = [.. text.Split(':').Select(part => Value(axis, part))];
        if (ends is [{ } only])
        {
            return [only];
        }

        return ends is [{ } from, { } to, { } step] && step > 0 && to >= from && (to - from) / step < MostValues
            ? [.. Enumerable.Range(0, (int)((to - from) / step) + 1).Select(i => from + (i * step))]
            : null;
    }

    private static decimal? Value(SweepAxis axis, string text) => (axis, text.ToLowerInvariant()) switch
    {
        (SweepAxis.Weights, "proportional") => 0,
        (SweepAxis.Refine, "off") => 0,
        (SweepAxis.Refine, "on") => 1,
        (SweepAxis.Refine, _) => null,
        _ => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null,
    };
}
