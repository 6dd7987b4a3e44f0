using System.CommandLine.Parsing;
using System.Globalization;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Reads how many pictures a model takes in one run: a whole number, or "free" for any number.</summary>
internal static class BatchText
{
    private const string Free = "free";
    private const int AnyNumber = 0;
    private const int Largest = 1024;

    /// <summary>Reads it; any number is 0.</summary>
    /// <param name="result">The value.</param>
    public static int Read(ArgumentResult result)
    {
        string text = Values.Text(result);
        if (string.Equals(text, Free, StringComparison.OrdinalIgnoreCase))
        {
            return AnyNumber;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= Largest
            ? count
            : Values.Refuse<int>(result, $"a whole number from 1 to {Largest}, or {Free}");
    }

    /// <summary>What was read as the number of pictures; null for any number.</summary>
    /// <param name="read">What <see cref="Read"/> gave.</param>
    public static int? SizeOf(int read) => read == AnyNumber ? null : read;
}
