using DiffSeg.Evaluation;

namespace DiffSeg.DataSets;

/// <summary>Turns what the pixels hold into classes.</summary>
internal static class ClassLookup
{
    private const int FewValues = 1 << 16;
    private const int ScaledTo16Bits = 257;

    // Pixels hold few different values below 65536: a table is faster than looking up each.
    public static LabelMap Classes(
        ushort[] values, int height, int width, ClassTable classes, string path, int bits)
    {
        var known = new int[FewValues];
        Array.Fill(known, -1);
        var found = new ushort[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            ushort value = values[i];
            if (known[value] < 0)
            {
                known[value] = ClassOf(value, classes, path, i / width, i % width, bits);
            }

            found[i] = (ushort)known[value];
        }

        return new LabelMap(height, width, found);
    }

    /// <param name="keys">Values, or colours as 0xRRGGBB.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="classes">The table.</param>
    /// <param name="path">The file, for the message.</param>
    /// <param name="bits">Its depth, for the message.</param>
    public static LabelMap Classes(int[] keys, int height, int width, ClassTable classes, string path, int bits)
    {
        var found = new ushort[keys.Length];
        (int key, ushort label) = (-1, 0);
        for (int i = 0; i < keys.Length; i++)
        {
            // Neighbours are mostly of one class.
            if (keys[i] != key)
            {
                (key, label) = (keys[i], ClassOf(keys[i], classes, path, i / width, i % width, bits));
            }

            found[i] = label;
        }

        return new LabelMap(height, width, found);
    }

    private static ushort ClassOf(int key, ClassTable classes, string path, int row, int column, int bits)
    {
        if (classes.TryFind(key, out ushort found))
        {
            return found;
        }

        string what = classes.TellsByColour ? $"the colour #{key:X6}" : $"the value {key}";
        string line = classes.TellsByColour
            ? $"{key >> 16} {(key >> 8) & 0xFF} {key & 0xFF}"
            : $"{key}";
        throw new LabelMapException(
            path,
            $"The label map '{path}' has {what} at row {row}, column {column}, which the class table '{classes.Name}' "
            + $"({classes.Classes.Count} classes) does not cover. Is it of another data set? If not, give a class file with a "
            + $"line '{line} NAME', or '{line} void' to ignore it.{Depth(key, classes, bits)}");
    }

    private static string Depth(int key, ClassTable classes, int bits)
    {
        if (bits != 16 || classes.TellsByColour)
        {
            return "";
        }

        return key % ScaledTo16Bits == 0 && classes.TryFind(key / ScaledTo16Bits, out _)
            ? $" The file has 16 bits a pixel and the value is {ScaledTo16Bits} times {key / ScaledTo16Bits}: a program scaled "
                + "the labels like brightness. Save it with 8 bits."
            : " The file has 16 bits a pixel, which most index pictures have not: maybe these are instances, not classes.";
    }
}
