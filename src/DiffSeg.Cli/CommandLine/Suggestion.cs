namespace DiffSeg.Cli.CommandLine;

/// <summary>"Did you mean ...?" for a name that does not exist.</summary>
internal static class Suggestion
{
    /// <summary>A sentence with a space before it, or nothing when no name is close.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="known">What could have been meant.</param>
    public static string For(string given, IEnumerable<string> known)
    {
        // Up to a third of the letters may be wrong: "--anchor", "phtos", but not any short name for any other.
        int limit = Math.Max(1, given.Length / 3);
        (string Name, int Distance) best = known
            .Select(name => (Name: name, Distance: Distance(given, name)))
            .OrderBy(candidate => candidate.Distance)
            .ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .FirstOrDefault((Name: "", Distance: int.MaxValue));
        return best.Distance <= limit ? $" Did you mean '{best.Name}'?" : "";
    }

    // Levenshtein's distance with swapped neighbours as one mistake, letter case aside.
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                table[i, j] = Math.Min(
                    table[i - 1, j - 1] + (Same(i - 1, j - 1) ? 0 : 1),
                    1 + Math.Min(table[i - 1, j], table[i, j - 1]));
                if (i > 1 && j > 1 && Same(i - 1, j - 2) && Same(i - 2, j - 1))
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];

        bool Same(int i, int j) => char.ToLowerInvariant(a[i]) == char.ToLowerInvariant(b[j]);
    }
}
