using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace DiffSeg.Tests.Goldens;

/// <summary>One array of NumPy's .npy format: little-endian, C order, numbers of any of the usual types.</summary>
internal sealed partial class NumpyArray
{
    private readonly byte[] _data;
    private readonly string _type;

    private NumpyArray(string type, int[] shape, byte[] data)
    {
        _type = type;
        Shape = shape;
        _data = data;
        int expected = Length * int.Parse(type[2..]);
        Assert.Equal(expected, data.Length);
    }

    public int[] Shape { get; }

    public int Length => Shape.Aggregate(1, (a, b) => a * b);

    public static NumpyArray Read(Stream stream)
    {
        using MemoryStream memory = new();
        stream.CopyTo(memory);
        byte[] bytes = memory.ToArray();
        Assert.Equal("NUMPY", Encoding.ASCII.GetString(bytes, 1, 5));

        // Version 1 has a header length of two bytes, later ones of four.
        bool old = bytes[6] == 1;
        int start = old ? 10 : 12;
        int length = old
            ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8))
            : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        string header = Encoding.ASCII.GetString(bytes, start, length);
        Assert.Contains("'fortran_order': False", header);
        string type = TypePattern().Match(header).Groups[1].Value;
        int[] shape = [.. ShapePattern().Match(header).Groups[1].Value
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(int.Parse)];
        return new NumpyArray(type, shape, bytes[(start + length)..]);
    }

    public static NumpyArray Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Read(stream);
    }

    public float[] ToSingles() => [.. Enumerable.Range(0, Length).Select(i => (float)At(i))];

    public double[] ToDoubles() => [.. Enumerable.Range(0, Length).Select(At)];

    public int[] ToInts() => [.. Enumerable.Range(0, Length).Select(i => checked((int)At(i)))];

    public byte[] ToBytes() => _type == "|u1" ? _data : throw new InvalidDataException($"{_type} is not bytes");

    private double At(int i) => _type switch
    {
        "<f4" => BinaryPrimitives.ReadSingleLittleEndian(_data.AsSpan(4 * i)),
        "<f8" => BinaryPrimitives.ReadDoubleLittleEndian(_data.AsSpan(8 * i)),
        "<i8" => BinaryPrimitives.ReadInt64LittleEndian(_data.AsSpan(8 * i)),
        "<i4" => BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(4 * i)),
        "<u4" => BinaryPrimitives.ReadUInt32LittleEndian(_data.AsSpan(4 * i)),
        "<i2" => BinaryPrimitives.ReadInt16LittleEndian(_data.AsSpan(2 * i)),
        "<u2" => BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(2 * i)),
        "|u1" => _data[i],
        "|i1" => (sbyte)_data[i],
        "|b1" => _data[i],
        _ => throw new InvalidDataException($"Arrays of {_type} are not read here."),
    };

    [GeneratedRegex("'descr': '([^']+)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
