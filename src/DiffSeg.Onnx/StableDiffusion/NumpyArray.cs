using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>An array of floating-point numbers in NumPy's .npy format, versions 1 to 3.</summary>
/// <param name="Shape">Sizes of the axes, slowest first.</param>
/// <param name="Values">The numbers in C order.</param>
internal sealed partial record NumpyArray(int[] Shape, float[] Values)
{
    // A prompt's embedding is well below a million numbers; this bounds what a wrong or hostile file can ask for.
    private const int MostValues = 1 << 24;
    private const int LongestHeader = 1 << 16;
    private const int Piece = 1 << 20;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private const string Expected = "an array of float32, float16 or float64 in NumPy's .npy format";

    /// <summary>Reads an array.</summary>
    /// <param name="stream">At the array's start; need not be seekable.</param>
    /// <param name="path">The file's name for messages.</param>
    /// <exception cref="AttentionModelException">Another format, another type or order of numbers, cut short, or too large.</exception>
    public static NumpyArray Read(Stream stream, string path)
    {
        string header = ReadHeader(stream, path);
        string type = Field(TypePattern(), header, path);
        int size = type switch
        {
            "<f4" => sizeof(float),
            "<f2" => sizeof(short),
            "<f8" => sizeof(double),
            _ => throw Refused(path, $"numbers of type '{type}'", "Save it as float32: numpy.save(file, array.astype('float32'))."),
        };
        if (Field(OrderPattern(), header, path) != "False")
        {
            throw Refused(path, "Fortran order", "Save it in C order: numpy.save(file, numpy.ascontiguousarray(array)).");
        }

        int[] shape = Shapes(Field(ShapePattern(), header, path), path);
        int length = shape.Aggregate(1, (a, b) => a * b) * size;
        byte[] bytes = ReadBytes(stream, length);
        return bytes.Length == length
            ? new NumpyArray(shape, Convert(bytes, size))
            : throw Refused(
                path, $"{bytes.Length} bytes of numbers where [{string.Join(", ", shape)}] takes {length}",
                "The file is cut short: fetch or save it again.");
    }

    // As many as come, piece by piece: a header that lies must not allocate what it says.
    private static byte[] ReadBytes(Stream stream, int length)
    {
        var bytes = new byte[Math.Min(length, Piece)];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        while (read == bytes.Length && read < length)
        {
            Array.Resize(ref bytes, Math.Min(length, 2 * read));
            read += stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }

    private static string ReadHeader(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[12];
        if (stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false) < 10 || !start.StartsWith(Magic))
        {
            throw Refused(path, "another format", "Save it with numpy.save.");
        }

        // Version 1 has a header length of two bytes, later ones of four.
        int length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (start[6] != 1)
        {
            stream.ReadAtLeast(start[10..], 2, throwOnEndOfStream: false);
            length = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        }

        var header = new byte[length is >= 0 and <= LongestHeader ? length : 0];
        return header.Length > 0 && stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length
            ? Encoding.UTF8.GetString(header)
            : throw Refused(path, "a broken header", "Fetch or save the file again.");
    }

    private static string Field(Regex pattern, string header, string path) => pattern.Match(header) is { Success: true } match
        ? match.Groups[1].Value
        : throw Refused(path, $"the header {header.Trim()}", "Save the array by itself, of plain numbers.");

    private static int[] Shapes(string text, string path)
    {
        var shape = new List<int>();
        long count = 1;
        foreach (string size in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            bool isSize = int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
            count = isSize ? count * value : -1;
            if (count is < 0 or > MostValues)
            {
                throw Refused(path, $"the shape ({text})", $"An embedding has at most {MostValues} numbers.");
            }

            shape.Add(value);
        }

        return [.. shape];
    }

    private static float[] Convert(byte[] bytes, int size)
    {
        var values = new float[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> value = bytes.AsSpan(i * size, size);
            values[i] = size switch
            {
                sizeof(short) => (float)BinaryPrimitives.ReadHalfLittleEndian(value),
                sizeof(float) => BinaryPrimitives.ReadSingleLittleEndian(value),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(value),
            };
        }

        return values;
    }

    private static AttentionModelException Refused(string path, string found, string advice) => new(path, Expected, found, advice);

    [GeneratedRegex("'descr': *'([^']+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex("'fortran_order': *(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape': *\(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
