using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DiffSeg.Tests.Pictures;

/// <summary>The pixels of a PNG of 8 bits, decoded by the specification, independently of the product's reader.</summary>
internal sealed record PngPixels(int Height, int Width, byte Kind, byte[] Rgba)
{
    public (byte Red, byte Green, byte Blue, byte Alpha) this[int y, int x]
    {
        get
        {
            int at = 4 * ((y * Width) + x);
            return (Rgba[at], Rgba[at + 1], Rgba[at + 2], Rgba[at + 3]);
        }
    }

    /// <summary>Different colours, alpha included.</summary>
    public int Colours => Rgba.Chunk(4).Select(pixel => BinaryPrimitives.ReadInt32BigEndian(pixel)).Distinct().Count();

    public static PngPixels Decode(byte[] file)
    {
        Assert.Equal(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }, file[..8]);
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string type = Encoding.ASCII.GetString(file, at + 4, 4);
            chunks[type] = [.. chunks.GetValueOrDefault(type, []), .. file.AsSpan(at + 8, length)];
            at += 12 + length;
        }

        byte[] header = chunks["IHDR"];
        (int width, int height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
        Assert.Equal((8, 0, 0, 0), (header[8], header[10], header[11], header[12]));
        int channels = header[9] switch { 2 => 3, 3 => 1, 6 => 4, _ => throw new NotSupportedException() };
        byte[] samples = Unfilter(chunks["IDAT"], height, width * channels, channels);
        byte[] palette = chunks.GetValueOrDefault("PLTE", []), alphas = chunks.GetValueOrDefault("tRNS", []);
        byte[] rgba = [.. samples.Chunk(channels).SelectMany(pixel => header[9] switch
        {
            3 => [.. palette.AsSpan(3 * pixel[0], 3), pixel[0] < alphas.Length ? alphas[pixel[0]] : (byte)255],
            2 => (byte[])[.. pixel, 255],
            _ => pixel,
        })];
        return new PngPixels(height, width, header[9], rgba);
    }

    private static byte[] Unfilter(byte[] packed, int height, int length, int back)
    {
        var unpacked = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            zlib.CopyTo(unpacked);
        }

        byte[] data = unpacked.ToArray(), samples = new byte[height * length];
        Assert.Equal(height * (length + 1), data.Length);
        for (int y = 0; y < height; y++)
        {
            for (int i = 0; i < length; i++)
            {
                int a = i < back ? 0 : samples[(y * length) + i - back], b = y == 0 ? 0 : samples[((y - 1) * length) + i];
                int c = i < back || y == 0 ? 0 : samples[((y - 1) * length) + i - back];
                int predicted = data[y * (length + 1)] switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => Paeth(a, b, c) };
                samples[(y * length) + i] = (byte)(data[(y * (length + 1)) + 1 + i] + predicted);
            }
        }

        return samples;
    }

    private static int Paeth(int a, int b, int c) =>
        new[] { a, b, c }.MinBy(value => Math.Abs(a + b - c - value));
}
