using DiffSeg.Pictures;
using DiffSeg.Tests.Pictures;
using DiffSeg.Tests.Pictures.Files;

namespace DiffSeg.Tests.Fuzzing;

/// <summary>PNG files of every kind that is read, and of some that are not.</summary>
internal static class PngSeeds
{
    private const int Height = 6;
    private const int Width = 11;

    /// <summary>The files.</summary>
    public static byte[][] All { get; } =
    [
        Draft(1, PngFormat.Grey), Draft(2, PngFormat.Grey), Draft(4, PngFormat.Indexed), Draft(8, PngFormat.Indexed), Draft(16, PngFormat.Grey),
        Draft(8, PngFormat.Colour), Draft(8, PngFormat.GreyWithAlpha), Draft(8, PngFormat.ColourWithAlpha), Draft(16, PngFormat.ColourWithAlpha),
        Mask(9), Mask(700), SamplePictures.All["sixteen-bit.png"], SamplePictures.All["interlaced.png"],
    ];

    // A row with each of the filters, and then the first again.
    private static byte[] Draft(byte bits, byte kind)
    {
        var header = new PngHeader(Height, Width, bits, kind);
        byte[] rows = [.. Enumerable.Range(0, Height).SelectMany(y => Enumerable.Range(0, header.RowLength).Select(x => (byte)((x * 37) + (y * 11))).Prepend((byte)(y % 5)))];
        return new PngDraft(Width, Height, bits, kind) { Rows = rows, Palette = kind == PngFormat.Indexed ? [.. Enumerable.Range(0, 48).Select(i => (byte)(5 * i))] : [] }.ToBytes();
    }

    private static byte[] Mask(int labels)
    {
        using var file = new MemoryStream();
        LabelPng.Write(file, [.. Enumerable.Range(0, 32 * 24).Select(i => (ushort)(i * labels / (32 * 24)))], 32, 24);
        return file.ToArray();
    }
}
