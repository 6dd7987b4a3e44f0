using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;

namespace DiffSeg.MLNet.Saving;

/// <summary>
/// Whether a model file is as it was written. A zip file has the length and the check sum of each of its entries, which
/// neither ML.NET nor ZipArchive looks at.
/// </summary>
internal static class ModelFileCheck
{
    private const int BufferLength = 1 << 16;

    /// <summary>Reads all entries.</summary>
    /// <param name="file">The file, from its beginning; it is left open and at its beginning.</param>
    /// <exception cref="InvalidDataException">An entry is not what it was.</exception>
    public static void Check(Stream file)
    {
        file.Position = 0;
        using (var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                Check(entry, buffer);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }

        file.Position = 0;
    }

    private static void Check(ZipArchiveEntry entry, byte[] buffer)
    {
        var checksum = new Crc32();
        long length = 0;
        using Stream content = entry.Open();

        // What unpacks to more than it says is not read to its end, which may be far.
        for (int count; length <= entry.Length && (count = content.Read(buffer)) > 0; length += count)
        {
            checksum.Append(buffer.AsSpan(0, count));
        }

        if (length != entry.Length || checksum.GetCurrentHashAsUInt32() != entry.Crc32)
        {
            throw new InvalidDataException($"Its part '{entry.FullName}' was changed since it was written.");
        }
    }
}
