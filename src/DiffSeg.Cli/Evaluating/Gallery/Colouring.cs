using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Evaluation;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Evaluating.Gallery;

/// <summary>Colours in which mask and ground truth can be compared by eye.</summary>
internal static class Colouring
{
    /// <summary>
    /// Labels to paint with: where segments are matched with classes image by image, a segment takes the colour of its
    /// class, and those without a class take colours that no class has.
    /// </summary>
    /// <param name="mask">The mask.</param>
    /// <param name="truth">The ground truth, of the same size.</param>
    /// <param name="classes">Number of classes; 0 for none.</param>
    /// <param name="matching">What segments are matched over.</param>
    /// <returns>Labels of the mask, and of the ground truth.</returns>
    public static (ushort[] Mask, ushort[] Truth) Of(LabelImage mask, LabelImage truth, int classes, Matching matching)
    {
        ushort[] wanted = truth.Labels.ToArray(), found = mask.Labels.ToArray();
        if (matching != Matching.PerImage)
        {
            return (found, wanted);
        }

        var map = new LabelMap(truth.Height, truth.Width, wanted);
        ContingencyTable table = ContingencyTable.Count(map, found, mask.Height, mask.Width);
        int[] labels = ConfusionHistogram.Of(table, classes).Match();
        var colours = new ushort[Math.Max(table.MaxLabel, labels.Max()) + 1];
        for (int label = 0; label < colours.Length; label++)
        {
            colours[label] = (ushort)(classes + label);
        }

        for (int c = 0; c < labels.Length; c++)
        {
            colours[labels[c]] = (ushort)c;
        }

        return (Array.ConvertAll(found, label => colours[label]), wanted);
    }

    /// <summary>Paints labels; pixels that are not counted are black.</summary>
    /// <param name="labels">The labels.</param>
    /// <returns>Four bytes a pixel: red, green, blue, and opaque.</returns>
    public static byte[] Paint(ReadOnlySpan<ushort> labels)
    {
        var pixels = new byte[4 * labels.Length];
        Palette palette = Palette.Standard;
        for (int i = 0; i < labels.Length; i++)
        {
            Rgb colour = labels[i] == LabelMap.Ignored ? default : palette[labels[i] % palette.Count];
            (pixels[4 * i], pixels[(4 * i) + 1], pixels[(4 * i) + 2], pixels[(4 * i) + 3]) = (colour.Red, colour.Green, colour.Blue, byte.MaxValue);
        }

        return pixels;
    }
}
