using System.Buffers.Binary;

namespace DiffSeg.Fuzzing;

/// <summary>Changes to bytes of which nothing is known.</summary>
internal static class ByteMutator
{
    private const int LongestInsert = 64;
    private const int LongestGrowth = 1 << 12;

    // Around the ends of all widths, and what multiplies beyond them.
    private static readonly long[] Interesting =
    [
        0, 1, -1, 2, 7, 8, 16, 64, 100, 127, 128, -128, 255, 256, 1000, 4096, 32767, 32768, -32768, 65535, 65536, 46341, 1 << 20, 1 << 24, 1 << 28,
        1 << 30, int.MaxValue, int.MinValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, long.MaxValue, long.MinValue,
    ];

    /// <summary>An input made of one seed, sometimes of two.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="seeds">What is right.</param>
    public static byte[] Mutate(Random random, IReadOnlyList<byte[]> seeds) => Mutate(random, random.Of(seeds), random.Of(seeds));

    /// <summary>Changes one input.</summary>
    /// <param name="random">The case's chance.</param>
    /// <param name="whole">The input.</param>
    /// <param name="other">Another one, parts of which may get in.</param>
    public static byte[] Mutate(Random random, byte[] whole, byte[] other)
    {
        byte[] bytes = whole;
        for (int step = random.Steps(); step > 0; step--)
        {
            bytes = Step(random, bytes, other);
        }

        int longest = (2 * whole.Length) + LongestGrowth;
        return bytes.Length > longest ? bytes[..longest] : bytes;
    }

    /// <summary>A number that code is likely to get wrong.</summary>
    public static long Number(Random random) => random.Next(4) switch
    {
        0 => random.Next(),
        1 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        _ => random.Of(Interesting) + random.Next(-1, 2),
    };

    private static byte[] Step(Random random, byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0)
        {
            return Part(random, other).ToArray();
        }

        int at = Place(random, bytes.Length), end = Math.Min(bytes.Length, at + 1 + random.Next(random.OneIn(3) ? bytes.Length : 32));
        switch (random.Next(12))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[end..]];
            case 2:
                return [.. bytes[..end], .. bytes[at..]];
            case 3:
                return [.. bytes[..at], .. Noise(random), .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. Part(random, other)];
            case 5:
                ReadOnlySpan<byte> part = Part(random, other);
                return [.. bytes[..at], .. part[..Math.Min(part.Length, LongestInsert)], .. bytes[end..]];
            case 6:
                int middle = at + ((end - at) / 2);
                return [.. bytes[..at], .. bytes[middle..end], .. bytes[at..middle], .. bytes[end..]];
            default:
                byte[] changed = [.. bytes];
                Change(random, changed.AsSpan(at), end - at);
                return changed;
        }
    }

    private static void Change(Random random, Span<byte> bytes, int length)
    {
        switch (random.Next(6))
        {
            case 0:
                bytes[0] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[0] = (byte)random.Next(256);
                break;
            case 2:
                bytes[0] += (byte)random.Next(-4, 5);
                break;
            case 3:
                bytes[..length].Fill(random.Of<byte>([0, 0xFF, 0x7F, (byte)'0', (byte)random.Next(256)]));
                break;
            default:
                Put(random, bytes);
                break;
        }
    }

    private static void Put(Random random, Span<byte> bytes)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        int width = 1 << random.Next(4);
        if (random.OneIn(2))
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, Number(random));
            number = number[..width];
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, Number(random));
            number = number[^width..];
        }

        number[..Math.Min(width, bytes.Length)].CopyTo(bytes);
    }

    // Beginnings hold the sizes: half of the changes are made there.
    private static int Place(Random random, int length) => random.Next(random.OneIn(2) ? Math.Min(64, length) : length);

    private static ReadOnlySpan<byte> Part(Random random, byte[] bytes)
    {
        int at = random.Next(bytes.Length + 1);
        return bytes.AsSpan(at, random.Next(bytes.Length - at + 1));
    }

    private static byte[] Noise(Random random)
    {
        byte[] noise = new byte[1 + random.Next(LongestInsert)];
        if (random.OneIn(2))
        {
            random.NextBytes(noise);
        }
        else
        {
            noise.AsSpan().Fill((byte)random.Next(256));
        }

        return noise;
    }
}
