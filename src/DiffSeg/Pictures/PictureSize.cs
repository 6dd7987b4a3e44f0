using System.Buffers.Binary;

namespace DiffSeg.Pictures;

/// <summary>The size of a picture file, from its header: pictures themselves are decoded elsewhere.</summary>
internal static class PictureSize
{
    private const int PngHead = 24;

    /// <summary>Height and width of a PNG or a JPEG; null for other files, missing and damaged ones.</summary>
    /// <param name="path">The file.</param>
    public static (int Height, int Width)? Of(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[PngHead];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            (int Height, int Width)? size = head.StartsWith(PngFormat.Signature) && head.Length == PngHead
                ? (BinaryPrimitives.ReadInt32BigEndian(head[20..]), BinaryPrimitives.ReadInt32BigEndian(head[16..]))
                : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? OfJpeg(file) : null;
            // A JPEG may tell its height after its first scan, and gives it as 0 here.
            return size is { Height: > 0, Width: > 0 } ? size : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Walks the segments, each a marker and a length that counts itself, to the frame header.
    private static (int Height, int Width)? OfJpeg(FileStream file)
    {
        Span<byte> segment = stackalloc byte[9];
        for (long at = 2; ;)
        {
            file.Position = at;
            if (file.ReadAtLeast(segment, segment.Length, throwOnEndOfStream: false) < segment.Length || segment[0] != 0xFF)
            {
                return null;
            }

            byte marker = segment[1];
            // Frame headers are C0 to CF but for three that lie between: tables of Huffman and arithmetic codes, and JPG.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
            }

            // A marker may be preceded by any number of bytes 0xFF.
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        }
    }
}
