using DiffSeg.Cli.Tests.Support;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Tests.Evaluating;

/// <summary>A folder of pictures with known classes: sky above, ground below, and a tree somewhere; each a bit different.</summary>
internal static class MadeUpSet
{
    public const int Classes = 3;

    private static readonly byte[][] Colours = [[90, 150, 240, 255], [150, 110, 60, 255], [20, 120, 30, 255]];

    /// <summary>Makes the data set "set" in a folder.</summary>
    public static void Write(TestFolder folder, int images)
    {
        for (int i = 0; i < images; i++)
        {
            WriteImage(folder, $"p{i:D2}", i);
        }

        folder.Write("set/classes.txt", "0 sky\n1 ground\n2 tree\n"u8);
    }

    /// <summary>One picture with its label map; they are 100 x 70 or 70 x 90, the label maps of the first rows are ignored.</summary>
    public static void WriteImage(TestFolder folder, string name, int number)
    {
        (int width, int height) = number % 2 == 0 ? (100, 70) : (70, 90);
        int Class(int x, int y) =>
            Math.Abs(x - (30 + (3 * number))) < 12 && Math.Abs(y - (height / 2)) < 20 ? 2 : y < (height / 2) + number ? 0 : 1;

        // Some texture, so that attention is not the same everywhere.
        TestPicture.Save(folder[$"set/images/{name}.png"], width, height, (x, y) =>
        {
            byte[] colour = Colours[Class(x, y)];
            int grain = ((x * 7) + (y * 13) + number) % 17;
            return [(byte)(colour[0] + grain - 8), (byte)(colour[1] - grain + 8), colour[2], 255];
        });
        var labels = new ushort[width * height];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = (ushort)(i / width < 3 ? 255 : Class(i % width, i / width));
        }

        WriteLabels(folder, name, labels, height, width);
    }

    public static void WriteLabels(TestFolder folder, string name, ushort[] labels, int height, int width)
    {
        Directory.CreateDirectory(folder["set/labels"]);
        using FileStream file = File.Create(folder[$"set/labels/{name}.png"]);
        LabelPng.Write(file, labels, height, width);
    }
}
