using System.Text.RegularExpressions;

namespace DiffSeg.Notebooks.Tests.Hosting;

/// <summary>The <c>#r "nuget: Id, Version"</c> lines of a cell, which a kernel carries out before it compiles the rest.</summary>
internal static partial class Directives
{
    public static IReadOnlyList<(string Id, string Version)> In(string code) =>
        [.. Package().Matches(code).Select(match => (match.Groups["id"].Value, match.Groups["version"].Value))];

    public static string Without(string code) => Package().Replace(code, "");

    [GeneratedRegex("^#r \"nuget: *(?<id>[^,\" ]+) *, *(?<version>[^\" ]+) *\" *$", RegexOptions.Multiline)]
    private static partial Regex Package();
}
