using System.CommandLine.Parsing;
using System.Globalization;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.CommandLine;

/// <summary>The value of --size: "original", "model", or width x height as people write picture sizes.</summary>
internal static class MaskSizeText
{
    // Far beyond any screen; 4 GB of overlay at most.
    private const int Largest = 32768;

    /// <summary>Reads it.</summary>
    /// <param name="result">The value.</param>
    public static MaskSize? Read(ArgumentResult result)
    {
        string text = Values.Text(result);
        if (text.Equals("original", StringComparison.OrdinalIgnoreCase))
        {
            return MaskSize.Original;
        }

        if (text.Equals("model", StringComparison.OrdinalIgnoreCase))
        {
            return MaskSize.Model;
        }

        string[] sides = text.ToLowerInvariant().Split('x');
        return sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height
            ? new MaskSize(height, width)
            : Values.Refuse<MaskSize?>(
                result,
                $"original, model, or WIDTHxHEIGHT in pixels such as 800x600 (up to {Largest} each)",
                Suggestion.For(text, ["original", "model"]));
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side) && side is >= 1 and <= Largest ? side : null;
}
