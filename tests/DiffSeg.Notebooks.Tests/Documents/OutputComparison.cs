using System.Text.RegularExpressions;
using DiffSeg.Notebooks.Tests.Pictures;

namespace DiffSeg.Notebooks.Tests.Documents;

/// <summary>Whether what a notebook stores is what its cells give now.</summary>
/// <remarks>
/// ONNX Runtime's rounding differs from processor to processor: figures may differ, words may not; pictures have the same sizes
/// and look the same.
/// </remarks>
internal static partial class OutputComparison
{
    /// <summary>Of 255 steps, what two pictures may differ in the mean of their pixels to look the same.</summary>
    private const double SameLook = 8;

    /// <summary>The first difference in words; null where there is none.</summary>
    public static string? Difference(Notebook stored, Notebook now)
    {
        if (!stored.Cells.SequenceEqual(now.Cells))
        {
            int first = stored.Cells.Zip(now.Cells).TakeWhile(pair => pair.First == pair.Second).Count();
            return $"cell {first + 1} is not its twin's";
        }

        for (int index = 0; index < now.Cells.Count; index++)
        {
            if (Difference(stored.Outputs[index], now.Outputs[index]) is { } difference)
            {
                return $"cell {index + 1}: {difference}";
            }
        }

        return null;
    }

    private static string? Difference(CellOutput stored, CellOutput now)
    {
        if (Words(stored.Text) != Words(now.Text))
        {
            return $"it writes\n{now.Text}\nbut what is stored is\n{stored.Text}";
        }

        if (stored.Html is null != now.Html is null)
        {
            return now.Html is null ? "a value is stored, but it has none" : "its value is not stored";
        }

        IReadOnlyList<ShownPicture> before = ShownPicture.In(stored.Html), after = ShownPicture.In(now.Html);
        if (!before.Select(Size).SequenceEqual(after.Select(Size)))
        {
            return $"its pictures are {string.Join(", ", after.Select(Size))}, stored are {string.Join(", ", before.Select(Size))}";
        }

        double[] differences = [.. before.Zip(after, (first, second) => first.Difference(second))];
        int other = Array.FindIndex(differences, difference => difference > SameLook);
        return other < 0 ? null : $"picture {other + 1} differs from the stored one by {differences[other]:0.0} of 255 in the mean";
    }

    private static (int Width, int Height) Size(ShownPicture picture) => (picture.Width, picture.Height);

    private static string Words(string text) => Figures().Replace(text, " # ");

    [GeneratedRegex(@" *[0-9][0-9.,]* *")]
    private static partial Regex Figures();
}
