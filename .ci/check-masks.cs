// Checks what "diffseg segment PHOTOS --output MASKS" wrote: dotnet run .ci/check-masks.cs -- PHOTOS MASKS
// For every photo: the label PNG and the overlay are there and have the photo's size, the labels make at least two
// segments, and the overlay is not all one colour. Reads PNG itself, so that it checks our writer and not its twin.
using System.Buffers.Binary;
using System.IO.Compression;

if (args.Length != 2)
{
    Console.WriteLine("Usage: check-masks.cs PHOTOS MASKS");
    return 2;
}

string[] photos = [.. Directory.GetFiles(args[0]).Where(file => Path.GetExtension(file) is ".jpg" or ".jpeg" or ".png").Order(StringComparer.Ordinal)];
var problems = new List<string>();
foreach (string photo in photos)
{
    string stem = Path.Combine(args[1], Path.GetFileNameWithoutExtension(photo));
    try
    {
        (int width, int height) = SizeOf(photo);
        Png mask = Png.Read(stem + ".mask.png");
        Png overlay = Png.Read(stem + ".overlay.png");
        int segments = mask.DifferentPixels();
        int colours = overlay.DifferentPixels();
        Console.WriteLine($"{Path.GetFileName(photo)}: {width} x {height}, {segments} segments, {colours} colours");
        if ((mask.Width, mask.Height) != (width, height) || (overlay.Width, overlay.Height) != (width, height))
        {
            problems.Add($"{photo} is {width} x {height}, its mask {mask.Width} x {mask.Height}, its overlay {overlay.Width} x {overlay.Height}.");
        }

        if (segments < 2)
        {
            problems.Add($"{stem}.mask.png has one segment only.");
        }

        if (colours < 2)
        {
            problems.Add($"{stem}.overlay.png is all one colour.");
        }
    }
    catch (Exception exception) when (exception is IOException or InvalidDataException)
    {
        problems.Add(exception.Message);
    }
}

if (photos.Length == 0)
{
    problems.Add($"There is no photo in {args[0]}.");
}

problems.ForEach(Console.WriteLine);
return problems.Count == 0 ? 0 : 1;

static (int Width, int Height) SizeOf(string photo)
{
    ReadOnlySpan<byte> bytes = File.ReadAllBytes(photo);
    if (bytes is [0x89, (byte)'P', ..])
    {
        return (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
    }

    // JPEG: the frame header (SOF0 to SOF15, but for the tables DHT, JPG and DAC) has height, then width.
    for (int at = 2; at + 9 < bytes.Length; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]))
    {
        if (bytes[at + 1] is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
        {
            return (BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
        }
    }

    throw new InvalidDataException($"{photo} is neither PNG nor JPEG.");
}

/// <summary>A PNG picture without interlacing: its pixels as rows of whole bytes.</summary>
internal sealed record Png(int Width, int Height, int PixelBytes, byte[] Pixels)
{
    public static Png Read(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        if (bytes is not [0x89, (byte)'P', (byte)'N', (byte)'G', ..])
        {
            throw new InvalidDataException($"{file} is not a PNG.");
        }

        int width = BinaryPrimitives.ReadInt32BigEndian(bytes[16..]);
        int height = BinaryPrimitives.ReadInt32BigEndian(bytes[20..]);
        int channels = bytes[25] switch { 0 or 3 => 1, 4 => 2, 2 => 3, 6 => 4, _ => 0 };
        if (bytes[24] is not (8 or 16) || channels == 0 || bytes[28] != 0)
        {
            throw new InvalidDataException($"{file} has a form of PNG that diffseg does not write.");
        }

        using var zipped = new MemoryStream();
        for (int at = 8; at + 12 <= bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes[at..]);
            if (bytes.Slice(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                zipped.Write(bytes.Slice(at + 8, length));
            }

            at += 12 + length;
        }

        zipped.Position = 0;
        int pixelBytes = channels * bytes[24] / 8;
        using var rows = new ZLibStream(zipped, CompressionMode.Decompress);
        return new Png(width, height, pixelBytes, Unfilter(rows, width * pixelBytes, height, pixelBytes));
    }

    /// <summary>Number of different pixel values.</summary>
    public int DifferentPixels()
    {
        var seen = new HashSet<ulong>();
        for (int at = 0; at < Pixels.Length; at += PixelBytes)
        {
            ulong value = 0;
            for (int part = 0; part < PixelBytes; part++)
            {
                value = (value << 8) | Pixels[at + part];
            }

            seen.Add(value);
        }

        return seen.Count;
    }

    private static byte[] Unfilter(Stream rows, int rowBytes, int height, int pixelBytes)
    {
        var pixels = new byte[rowBytes * height];
        for (int y = 0; y < height; y++)
        {
            int filter = rows.ReadByte();
            Span<byte> row = pixels.AsSpan(y * rowBytes, rowBytes);
            rows.ReadExactly(row);
            for (int x = 0; x < rowBytes; x++)
            {
                int left = x >= pixelBytes ? row[x - pixelBytes] : 0;
                int above = y > 0 ? pixels[((y - 1) * rowBytes) + x] : 0;
                int corner = y > 0 && x >= pixelBytes ? pixels[((y - 1) * rowBytes) + x - pixelBytes] : 0;
                row[x] += (byte)(filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => above,
                    3 => (left + above) / 2,
                    4 => Nearest(left, above, corner),
                    _ => throw new InvalidDataException($"A row of the PNG has the unknown filter {filter}."),
                });
            }
        }

        return pixels;
    }

    /// <summary>PNG's Paeth predictor: the neighbour nearest to left + above - corner.</summary>
    private static int Nearest(int left, int above, int corner)
    {
        int guess = left + above - corner;
        (int toLeft, int toAbove, int toCorner) = (Math.Abs(guess - left), Math.Abs(guess - above), Math.Abs(guess - corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }
}
