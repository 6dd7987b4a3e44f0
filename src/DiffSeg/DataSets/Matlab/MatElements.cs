using System.Buffers.Binary;
using System.Text;

namespace DiffSeg.DataSets.Matlab;

/// <summary>Walks over the elements that follow each other in a piece of a .mat file: a tag, the data, padding.</summary>
internal sealed class MatElements(ReadOnlyMemory<byte> bytes)
{
    public const int TagLength = 8;

    private const int SmallDataLength = 4;
    private int _at;

    public bool AtEnd => _at >= bytes.Length;

    /// <summary>The next element, whose type may be any.</summary>
    /// <exception cref="InvalidDataException">The piece ends within it.</exception>
    public (MatType Type, ReadOnlyMemory<byte> Data) Next()
    {
        ReadOnlySpan<byte> tag = Take(TagLength).Span;
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(tag);
        // The small form: the size in the upper half of the type, the data in place of the size.
        int small = (int)(first >> 16);
        if (small > 0)
        {
            if (small > SmallDataLength)
            {
                throw Damaged($"a small element of {small} bytes");
            }

            return ((MatType)(first & 0xFFFF), bytes.Slice(_at - SmallDataLength, small));
        }

        uint size = BinaryPrimitives.ReadUInt32LittleEndian(tag[sizeof(uint)..]);
        if (size > int.MaxValue)
        {
            throw Damaged($"an element of {size} bytes");
        }

        ReadOnlyMemory<byte> data = Take((int)size);
        var type = (MatType)first;
        // Elements begin at multiples of 8. The last one of a variable may lack its padding.
        if (type != MatType.Compressed)
        {
            _at = Math.Min(bytes.Length, (_at + TagLength - 1) / TagLength * TagLength);
        }

        return (type, data);
    }

    /// <summary>The next element, of one of the types.</summary>
    public ReadOnlyMemory<byte> Next(params ReadOnlySpan<MatType> types)
    {
        (MatType type, ReadOnlyMemory<byte> data) = Next();
        return types.Contains(type) ? data : throw Damaged($"an element of type {type} where {types[0]} belongs");
    }

    /// <summary>The next element as whole numbers.</summary>
    public int[] NextIntegers()
    {
        ReadOnlySpan<byte> data = Next(MatType.Int32, MatType.UInt32).Span;
        var values = new int[data.Length / sizeof(int)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadInt32LittleEndian(data[(i * sizeof(int))..]);
        }

        return values;
    }

    /// <summary>The next element as text.</summary>
    public string NextText() => Encoding.Latin1.GetString(Next(MatType.Int8, MatType.UInt8).Span);

    internal static InvalidDataException Damaged(string what) => new($"The .mat file is damaged: it has {what}.");

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (bytes.Length - _at < length)
        {
            throw new InvalidDataException("The .mat file is cut off: it ends in the middle of an element.");
        }

        _at += length;
        return bytes.Slice(_at - length, length);
    }
}
