using System.IO.Compression;

namespace DiffSeg.Fuzzing;

/// <summary>Changes what is in a zip file and packs it again, so that its own check sums are right.</summary>
/// <param name="zip">A whole zip file.</param>
internal sealed class ZipMutator(byte[] zip)
{
    private readonly (string Name, byte[] Bytes)[] _entries = Read(zip);

    /// <summary>A changed zip file.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="change">Changes the contents of an entry.</param>
    public byte[] Mutate(Random random, Func<Random, byte[], byte[]> change)
    {
        List<(string Name, byte[] Bytes)> entries = [.. _entries];
        for (int step = random.Steps(); step > 0 && entries.Count > 0; step--)
        {
            int at = random.Next(entries.Count);
            switch (random.Next(16))
            {
                case 0:
                    entries.RemoveAt(at);
                    break;
                case 1:
                    entries[at] = (random.Of(_entries).Name, entries[at].Bytes);
                    break;
                case 2:
                    entries[at] = (entries[at].Name, random.Of(_entries).Bytes);
                    break;
                default:
                    entries[at] = (entries[at].Name, change(random, entries[at].Bytes));
                    break;
            }
        }

        return Write(entries);
    }

    /// <summary>The zip file with each entry changed.</summary>
    /// <param name="change">Changes the contents of an entry, or gives them back.</param>
    public byte[] Map(Func<byte[], byte[]> change) => Write([.. _entries.Select(entry => (entry.Name, change(entry.Bytes)))]);

    private static (string, byte[])[] Read(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry => (entry.FullName, Bytes(entry)))];
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static byte[] Write(List<(string Name, byte[] Bytes)> entries)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] contents) in entries)
            {
                ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
                entry.LastWriteTime = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using Stream stream = entry.Open();
                stream.Write(contents);
            }
        }

        return bytes.ToArray();
    }
}
