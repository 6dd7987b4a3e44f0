using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace DiffSeg.Fuzzing;

/// <summary>Changes a PNG within its chunks, and mends their lengths and check sums, so that what is behind them is reached.</summary>
internal static class PngMutator
{
    private const int SignatureLength = 8;
    private const int FrameLength = 12;

    private static readonly string[] Types = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "eXIf", "iCCP", "zTXt", "acTL", "fcTL", "gAMA"];

    private sealed record Chunk(string Type, byte[] Data);

    /// <summary>A changed PNG.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="png">One that is whole.</param>
    public static byte[] Mutate(Random random, byte[] png)
    {
        List<Chunk> chunks = Read(png);
        for (int step = random.Steps(); step > 0 && chunks.Count > 0; step--)
        {
            Step(random, chunks);
        }

        byte[] written = Write(png.AsSpan(0, SignatureLength), chunks);
        return random.OneIn(16) ? ByteMutator.Mutate(random, written, png) : written;
    }

    private static void Step(Random random, List<Chunk> chunks)
    {
        int at = random.Next(chunks.Count);
        Chunk chunk = chunks[at];
        switch (random.Next(8))
        {
            case 0:
                chunks.RemoveAt(at);
                break;
            case 1:
                chunks.Insert(random.Next(chunks.Count + 1), chunk);
                break;
            case 2:
                chunks[at] = chunk with { Type = random.Of(Types) };
                break;
            case 3:
                Halve(random, chunks, at);
                break;
            default:
                chunks[at] = chunk with { Data = chunk.Type == "IDAT" && !random.OneIn(3) ? Repacked(random, chunk.Data) : ByteMutator.Mutate(random, chunk.Data, chunk.Data) };
                break;
        }
    }

    private static void Halve(Random random, List<Chunk> chunks, int at)
    {
        (string type, byte[] data) = chunks[at];
        int middle = random.Next(data.Length + 1);
        chunks[at] = new(type, data[..middle]);
        chunks.Insert(at + 1, new(type, data[middle..]));
    }

    // The picture itself, changed after it was unpacked.
    private static byte[] Repacked(Random random, byte[] data)
    {
        try
        {
            using var rows = new MemoryStream();
            using (var unpacking = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress))
            {
                unpacking.CopyTo(rows);
            }

            byte[] changed = ByteMutator.Mutate(random, rows.ToArray(), data);
            using var packed = new MemoryStream();
            using (var packing = new ZLibStream(packed, CompressionLevel.Fastest))
            {
                packing.Write(changed);
            }

            return packed.ToArray();
        }
        catch (InvalidDataException)
        {
            // An earlier step broke it.
            return data;
        }
    }

    private static List<Chunk> Read(byte[] png)
    {
        List<Chunk> chunks = [];
        for (int at = SignatureLength; at + FrameLength <= png.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            chunks.Add(new(Encoding.Latin1.GetString(png, at + 4, 4), png.AsSpan(at + 8, length).ToArray()));
            at += FrameLength + length;
        }

        return chunks;
    }

    private static byte[] Write(ReadOnlySpan<byte> signature, List<Chunk> chunks)
    {
        using var png = new MemoryStream();
        png.Write(signature);
        Span<byte> number = stackalloc byte[sizeof(int)];
        foreach (Chunk chunk in chunks)
        {
            byte[] named = [.. Encoding.Latin1.GetBytes(chunk.Type), .. chunk.Data];
            BinaryPrimitives.WriteInt32BigEndian(number, chunk.Data.Length);
            png.Write(number);
            png.Write(named);
            BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(named));
            png.Write(number);
        }

        return png.ToArray();
    }
}
