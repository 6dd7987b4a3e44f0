using System.CommandLine.Parsing;
using System.Globalization;
using DiffSeg.Cli.Pulling;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.CommandLine;

/// <summary>Size of a model's input: one number for a square, or width x height.</summary>
internal static class ImageSizeText
{
    /// <summary>Reads it.</summary>
    /// <param name="result">The value.</param>
    public static ImageSize? Read(ArgumentResult result)
    {
        string[] sides = Values.Text(result).ToLowerInvariant().Split('x');
        int? width = Side(sides[0]), height = Side(sides[^1]);
        return sides.Length <= 2 && width is not null && height is not null
            ? new ImageSize(width.Value, height.Value)
            : Values.Refuse<ImageSize?>(
                result,
                $"a side or WIDTHxHEIGHT in pixels, multiples of {AttentionModelOptions.SizeStep} up to {AttentionModelOptions.LargestSize}, such as 512 or 768x512");
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int side)
        && side is >= AttentionModelOptions.SizeStep and <= AttentionModelOptions.LargestSize
        && side % AttentionModelOptions.SizeStep == 0
            ? side
            : null;
}
