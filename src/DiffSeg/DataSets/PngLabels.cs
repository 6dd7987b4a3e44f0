using DiffSeg.Evaluation;
using DiffSeg.Pictures;

namespace DiffSeg.DataSets;

/// <summary>The classes of a PNG, as its class table tells them: by value, by colour or by brightness.</summary>
internal static class PngLabels
{
    public static LabelMap Read(PngReader png, string path, ClassTable? classes)
    {
        PngHeader header = png.Header;
        LabelCoding coding = classes?.Coding ?? LabelCoding.Values;
        if (header.HasColours)
        {
            return coding == LabelCoding.Values
                ? throw new LabelMapException(path, ColoursForValues(path, classes))
                : ClassLookup.Classes(Keys(png.ReadColours(), coding), header.Height, header.Width, classes!, path, header.Bits);
        }

        ushort[] samples = png.ReadSamples();
        if (coding == LabelCoding.Values)
        {
            return classes is null
                ? new LabelMap(header.Height, header.Width, samples)
                : ClassLookup.Classes(samples, header.Height, header.Width, classes, path, header.Bits);
        }

        int[] keys = header.Kind == PngFormat.Indexed
            ? Keys(Coloured(samples, png.Palette(), path), coding)
            : Array.ConvertAll(samples, sample => KeyOfGrey(sample, header.Bits, coding));
        return ClassLookup.Classes(keys, header.Height, header.Width, classes!, path, header.Bits);
    }

    private static int[] Keys(Rgb[] colours, LabelCoding coding)
        => Array.ConvertAll(colours, colour => coding == LabelCoding.Colours ? ClassTable.Key(colour) : Brightness(colour));

    private static int Brightness(Rgb colour) => (colour.Red + colour.Green + colour.Blue) / 3;

    // Scaled to 8 bits, rounded: white is 255 at any depth.
    private static int KeyOfGrey(ushort sample, int bits, LabelCoding coding)
    {
        int full = (1 << bits) - 1;
        int grey = ((sample * byte.MaxValue) + (full / 2)) / full;
        return coding == LabelCoding.Colours ? (grey << 16) | (grey << 8) | grey : grey;
    }

    private static Rgb[] Coloured(ushort[] samples, Rgb[] palette, string path)
        => Array.ConvertAll(samples, sample => sample < palette.Length
            ? palette[sample]
            : throw new LabelMapException(
                path,
                $"The label map '{path}' uses entry {sample} of its palette, which has {palette.Length} colours. It is damaged."));

    private static string ColoursForValues(string path, ClassTable? classes)
        => $"The label map '{path}' holds colours, but "
            + (classes is null ? "there is no class table" : $"the class table '{classes.Name}' tells classes by value")
            + ". Give a class file with lines 'red green blue name'.";
}
