using DiffSeg.Tests.Goldens;
using DiffSeg.Tests.Pictures;

namespace DiffSeg.Tests.DataSets;

/// <summary>A folder that lives as long as the test, and files in it.</summary>
internal sealed class TestFolder : IDisposable
{
    /// <summary>Where the samples of public data sets are, on machines that have them.</summary>
    public static string Samples { get; } =
        Path.GetFullPath(Path.Combine(GoldenFolders.Repository, "..", "shared", "datasets"));

    public string Root { get; } = Directory.CreateTempSubdirectory("diffseg-test-").FullName;

    public string this[string place] => Path.Combine([Root, .. place.Split('/')]);

    /// <summary>Writes a file, with the folders that it is in.</summary>
    public string Write(string place, byte[] contents)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[place])!);
        File.WriteAllBytes(this[place], contents);
        return this[place];
    }

    /// <summary>A PNG of 8 bits: colour type 0 is grey, 2 RGB, 3 indexed, 6 RGBA.</summary>
    public string WritePng(string place, int height, int width, byte kind, params byte[] samples)
        => WritePng(place, height, width, kind, 8, [], samples);

    public string WritePng(string place, int height, int width, byte kind, byte bits, byte[] palette, params byte[] samples)
    {
        byte[] rows = [.. samples.Chunk(samples.Length / height).SelectMany(row => row.Prepend((byte)0))];
        return Write(place, new PngDraft(width, height, bits, kind) { Rows = rows, Palette = palette }.ToBytes());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
