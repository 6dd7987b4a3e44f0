using System.Buffers.Binary;

namespace DiffSeg.Pictures.Files;

/// <summary>
/// JPEG: segments, each a marker and a length, up to the first scan; then scans, and a marker at the end. Decoders fill what
/// is missing with grey and report nothing.
/// </summary>
internal sealed class JpegKind : PictureKind
{
    private const byte StartOfScan = 0xDA;
    private const int Tail = 1 << 16;

    public override string Name => "JPEG";

    private static ReadOnlySpan<byte> EndOfImage => [0xFF, 0xD9];

    // A JPEG may tell its height after its first scan, and gives it as 0 here; decoders refuse it.
    public override (int Height, int Width)? FindSize(PictureBytes file)
    {
        for (long at = 2; file.At(at, 9) is { Length: 9 } segment && segment[0] == 0xFF; at = Next(file, at))
        {
            // Frame headers are C0 to CF but for three that lie between: tables of Huffman and arithmetic codes, and JPG.
            if (segment[1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
            }

            if (segment[1] == StartOfScan)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>
    /// Looks for the end marker after the first scan's beginning: earlier ones belong to a thumbnail. It is mostly in the
    /// last bytes; phones append films, so the whole file is searched before it counts as cut off.
    /// </summary>
    public override PictureProblem? FindBreak(PictureBytes file)
    {
        long scan = FirstScan(file);
        return scan > 0 && (HasEnd(file, Math.Max(scan, file.Length - Tail)) || HasEnd(file, scan)) ? null : CutOff();
    }

    protected override bool Begins(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]);

    // 0 when there is none.
    private static long FirstScan(PictureBytes file)
    {
        for (long at = 2; file.At(at, 4) is { Length: 4 } segment && segment[0] == 0xFF; at = Next(file, at))
        {
            if (segment[1] == StartOfScan)
            {
                return at;
            }
        }

        return 0;
    }

    // A segment's length counts itself but not the marker, which may be preceded by any number of bytes 0xFF.
    private static long Next(PictureBytes file, long at)
    {
        ReadOnlySpan<byte> bytes = file.From(at, 4);
        if (bytes[1] != 0xFF)
        {
            return at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        }

        int marker = bytes.IndexOfAnyExcept((byte)0xFF);
        return at + (marker < 0 ? bytes.Length : marker) - 1;
    }

    private static bool HasEnd(PictureBytes file, long from)
    {
        // The marker may lie across two reads, so the last byte is read twice.
        for (long at = from; file.From(at, 2) is { Length: > 1 } bytes; at += bytes.Length - 1)
        {
            if (bytes.IndexOf(EndOfImage) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
