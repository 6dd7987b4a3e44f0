using System.Buffers.Binary;

namespace DiffSeg.Cli.Inputs;

/// <summary>Whether a JPEG has its end. Decoders fill what is missing with grey and report nothing.</summary>
internal static class JpegFile
{
    private const int StartOfScan = 0xDA;
    private const int Step = 1 << 16;

    private static ReadOnlySpan<byte> EndOfImage => [0xFF, 0xD9];

    /// <summary>
    /// Looks for the end marker after the first scan's beginning: earlier ones belong to a thumbnail. It is mostly in
    /// the last bytes; phones append films, so the whole file is searched before it counts as cut off.
    /// </summary>
    /// <param name="file">The file; its position is not kept.</param>
    public static bool IsWhole(FileStream file)
    {
        long scan = FirstScan(file);
        return scan > 0 && (HasEnd(file, Math.Max(scan, file.Length - Step)) || HasEnd(file, scan));
    }

    // Walks the segments, each a marker and a length that counts itself, to the first scan; 0 when there is none.
    private static long FirstScan(FileStream file)
    {
        Span<byte> segment = stackalloc byte[4];
        for (long at = 2; at + segment.Length <= file.Length;)
        {
            file.Position = at;
            file.ReadExactly(segment);
            if (segment[0] != 0xFF)
            {
                return 0;
            }

            if (segment[1] == StartOfScan)
            {
                return at;
            }

            // A marker may be preceded by any number of bytes 0xFF.
            at += segment[1] == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        }

        return 0;
    }

    private static bool HasEnd(FileStream file, long from)
    {
        var buffer = new byte[Step];
        file.Position = from;
        int kept = 0;
        while (true)
        {
            int read = file.Read(buffer, kept, buffer.Length - kept);
            if (buffer.AsSpan(0, kept + read).IndexOf(EndOfImage) >= 0)
            {
                return true;
            }

            if (read == 0)
            {
                return false;
            }

            // The marker may lie across two reads.
            buffer[0] = buffer[kept + read - 1];
            kept = 1;
        }
    }
}
