using System.Globalization;

namespace DiffSeg.Cli.Evaluating.Asking;

/// <summary>A part of the images: every <paramref name="Count"/>-th, beginning with number <paramref name="Number"/>.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Count">Number of parts.</param>
internal sealed record Shard(int Number, int Count)
{
    /// <summary>All images as one part.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Parts at most.</summary>
    public const int Most = 9999;

    /// <summary>Reads "2/4"; null for anything else.</summary>
    /// <param name="text">The text.</param>
    public static Shard? Parse(string text)
    {
        string[] sides = text.Split('/');
        return sides.Length == 2 && Positive(sides[0]) is { } number && Positive(sides[1]) is { } count && number <= count
            ? new Shard(number, count)
            : null;
    }

    /// <summary>Whether an image belongs to it.</summary>
    /// <param name="index">The image's position in the data set, from 0.</param>
    public bool Has(int index) => index % Count == Number - 1;

    /// <summary>"2/4".</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    private static int? Positive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value is >= 1 and <= Most ? value : null;
}
