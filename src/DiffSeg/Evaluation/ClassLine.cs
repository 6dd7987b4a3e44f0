using System.Globalization;

namespace DiffSeg.Evaluation;

/// <summary>A line of a class file: the numbers that it begins with, and the name that follows.</summary>
internal readonly record struct ClassLine(IReadOnlyList<int> Numbers, string Name)
{
    /// <summary>What a line can be, for messages.</summary>
    public const string Forms = "value name', 'red green blue name' or 'name";

    /// <summary>The value, or the colour as 0xRRGGBB.</summary>
    public int Key => Numbers.Aggregate(0, (key, number) => (key << 8) | number);

    /// <summary>Splits a line. Fewer than three numbers and a name after them: the rest belongs to the name.</summary>
    public static ClassLine Parse(string line)
    {
        string[] words = line.Split([' ', '\t'], 4, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 4 && Number(words[0]) is { } red && Number(words[1]) is { } green && Number(words[2]) is { } blue)
        {
            return new ClassLine([red, green, blue], words[3]);
        }

        // "0: background", as some lists have it.
        return Number(words[0].TrimEnd(':')) is { } value
            ? new ClassLine([value], line[words[0].Length..].Trim())
            : new ClassLine([], line);
    }

    private static int? Number(string word)
        => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
