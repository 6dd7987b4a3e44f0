using System.Text.RegularExpressions;

namespace DiffSeg.Offline;

/// <summary>What a trial restore showed.</summary>
internal enum Finding
{
    /// <summary>The machine's sources have the packages.</summary>
    Found,

    /// <summary>The sources answered, and lack a package or a version.</summary>
    Missing,

    /// <summary>A source did not answer: nothing is known.</summary>
    Unreachable,

    /// <summary>The restore failed for another reason.</summary>
    Unclear,
}

/// <summary>Reads the outcome of a trial restore.</summary>
internal sealed partial record ProbeVerdict(Finding Finding, IReadOnlyList<string> MissingIds)
{
    // "not resolved", "no such id", "no such version", "only a prerelease"
    private static readonly string[] NotFound = ["NU1100", "NU1101", "NU1102", "NU1103"];

    public static ProbeVerdict Of(Answer restore)
    {
        if (restore.ExitCode == 0)
        {
            return new(Finding.Found, []);
        }

        MatchCollection errors = Errors().Matches(restore.Output);
        // A missing package beside a silent source is no proof that it is missing.
        if (errors.Any(error => error.Groups["code"].Value.StartsWith("NU13", StringComparison.Ordinal)))
        {
            return new(Finding.Unreachable, []);
        }

        if (errors.Count == 0 || errors.Any(error => !NotFound.Contains(error.Groups["code"].Value)))
        {
            return new(Finding.Unclear, []);
        }

        return new(Finding.Missing,
            [.. errors.Select(error => error.Groups["id"].Value).Where(id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)]);
    }

    [GeneratedRegex(@"\berror (?<code>[A-Z]+\d+)\s*:(?:[^\r\n]*?(?:package|resolve) '?(?<id>[A-Za-z][\w.]*\w))?")]
    private static partial Regex Errors();
}
