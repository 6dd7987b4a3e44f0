using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DiffSeg.Fuzzing;

/// <summary>Changes the words of a text: JSON, CSV, lists. Numbers and strings become others, parts go or come twice.</summary>
internal static partial class TextMutator
{
    private const int LongestText = 1 << 12;
    private const int Deep = 2_000;

    private static readonly string[] Words =
    [
        "null", "true", "false", "{}", "[]", "[null]", "{", "}", "[", "]", ",", ":", ";", "=", "\"", "\"\"", "\\", "\\u0000", "\"\\ud800\"", "\"\\u0000\"",
        "\uFEFF", "\0", "\r", "\n", "\r\n", "\t", "//", "/*", "#", "..", "NaN", "\"NaN\"", "-0", "1e999", "-1e-999", "0.1", "1E+2147483647", "٣", "ﬀ", "𝒳", "\u2028",
    ];

    [GeneratedRegex("""-?\d+(\.\d+)?([eE][+-]?\d+)?|"(\\.|[^"\\])*"|\w+|\s+|.""", RegexOptions.Singleline)]
    private static partial Regex Tokens();

    /// <summary>A changed text in UTF-8.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="seeds">Texts that are right.</param>
    public static byte[] Mutate(Random random, IReadOnlyList<string> seeds)
    {
        string seed = random.Of(seeds);
        if (random.OneIn(4))
        {
            return ByteMutator.Mutate(random, [.. seeds.Select(Encoding.UTF8.GetBytes)]);
        }

        List<string> tokens = Split(seed), others = Split(random.Of(seeds));
        for (int step = random.Steps(); step > 0 && tokens.Count > 0; step--)
        {
            Step(random, tokens, others);
        }

        byte[] text = Encoding.UTF8.GetBytes(string.Concat(tokens));
        return random.OneIn(16) ? ByteMutator.Mutate(random, text, text) : text;
    }

    private static List<string> Split(string text) => [.. Tokens().Matches(text).Select(match => match.Value)];

    private static void Step(Random random, List<string> tokens, List<string> others)
    {
        int at = random.Next(tokens.Count), count = Math.Min(tokens.Count - at, 1 + random.Next(random.OneIn(4) ? tokens.Count : 4));
        switch (random.Next(8))
        {
            case 0:
                tokens.RemoveRange(at, count);
                break;
            case 1:
                tokens.InsertRange(at, tokens.GetRange(at, count));
                break;
            case 2:
                (tokens[at], tokens[at + count - 1]) = (tokens[at + count - 1], tokens[at]);
                break;
            case 3 when others.Count > 0:
                tokens[at] = random.Of(others);
                break;
            case 4:
                tokens.Insert(at, Word(random));
                break;
            default:
                tokens[at] = Replacement(random, tokens[at]);
                break;
        }
    }

    private static string Replacement(Random random, string token) => random.Next(3) switch
    {
        0 => Word(random),
        1 when token.StartsWith('"') => $"\"{Inner(random, token.Trim('"'))}\"",
        1 => Inner(random, token),
        _ => ByteMutator.Number(random).ToString(CultureInfo.InvariantCulture),
    };

    private static string Inner(Random random, string text) => random.Next(4) switch
    {
        0 => "",
        1 => text + text,
        2 => new string(text.Length > 0 ? text[0] : 'a', random.Next(LongestText)),
        _ => text.Insert(random.Next(text.Length + 1), random.Of(Words)),
    };

    private static string Word(Random random) => random.Next(12) switch
    {
        0 => string.Concat(Enumerable.Repeat(random.Of<string>(["[", "{\"a\":", "(", "\""]), random.Next(Deep))),
        1 => ByteMutator.Number(random).ToString(CultureInfo.InvariantCulture),
        _ => random.Of(Words),
    };
}
