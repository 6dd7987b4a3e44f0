using System.Security.Cryptography;
using DiffSeg.Pictures;

namespace DiffSeg.Batches.Masks;

/// <summary>
/// Tells compressors apart. PNGs are compressed by the zlib that .NET brings along: another version of it, or another kind of
/// processor, may make other bytes of the same mask. Its version would tell less, and would differ where no byte does.
/// </summary>
internal static class PngCompressor
{
    private const int Height = 192, Width = 256;

    // Enough to tell two apart; not a proof of anything.
    private const int ShownBytes = 6;

    private static readonly Lazy<string> Own = new(() => Of(stream => LabelPng.Write(stream, Sample(), Height, Width)));

    /// <summary>The name of this process's: <c>zlib-</c> and the beginning of a hash.</summary>
    public static string Name => Own.Value;

    /// <summary>The name of what writes the sample so.</summary>
    /// <param name="write">Writes the sample.</param>
    public static string Of(Action<Stream> write)
    {
        using var png = new MemoryStream();
        write(png);
        return "zlib-" + Convert.ToHexStringLower(SHA256.HashData(png.ToArray()).AsSpan(0, ShownBytes));
    }

    /// <summary>
    /// A mask with something of all that a compressor decides about: large segments with curved edges, small ones, and noise
    /// at the bottom. Height x width labels, the same on every machine.
    /// </summary>
    public static ushort[] Sample()
    {
        var labels = new ushort[Height * Width];
        uint noise = 1;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                noise = (noise * 1664525) + 1013904223;
                int label = y < Height / 2 ? ((x * x) + (y * y)) >> 12
                    : y < Height * 3 / 4 ? (x / 9) ^ (y / 7)
                    : (int)(noise >> 28) * (x & 1);
                labels[(y * Width) + x] = (ushort)(label & 0xff);
            }
        }

        return labels;
    }
}
