using DiffSeg.Tests.Goldens;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.DataSets;

/// <summary>Pictures in it, and those of public data sets.</summary>
internal sealed partial class TestFolder
{
    /// <summary>Where the samples of public data sets are, on machines that have them.</summary>
    public static string Samples { get; } =
        Path.GetFullPath(Path.Combine(GoldenFolders.Repository, "..", "shared", "datasets"));

    /// <summary>A PNG of 8 bits: colour type 0 is grey, 2 RGB, 3 indexed, 6 RGBA.</summary>
    public string WritePng(string place, int height, int width, byte kind, params byte[] samples)
        => WritePng(place, height, width, kind, 8, [], samples);

    public string WritePng(string place, int height, int width, byte kind, byte bits, byte[] palette, params byte[] samples)
    {
        byte[] rows = [.. samples.Chunk(samples.Length / height).SelectMany(row => row.Prepend((byte)0))];
        return Write(place, new PngDraft(width, height, bits, kind) { Rows = rows, Palette = palette }.ToBytes());
    }
}
