using Google.Protobuf;
using Microsoft.Win32.SafeHandles;

namespace DiffSeg.Onnx.Format;

/// <summary>
/// Reads a file of any length in protobuf's wire format, field by field, and passes over what is not wanted without
/// reading it. (The library's own reader takes at most 2 GB and has no positions.)
/// </summary>
/// <remarks>Fields that break the format or reach past their message throw <see cref="InvalidDataException"/>.</remarks>
internal sealed class WireReader(SafeFileHandle file) : IDisposable
{
    private const int BufferLength = 1 << 16;

    private readonly byte[] _buffer = new byte[BufferLength];
    private long _bufferStart;
    private int _buffered;

    /// <summary>Where in the file the next byte is read.</summary>
    public long Position { get; private set; }

    public long Length { get; } = RandomAccess.GetLength(file);

    /// <summary>Reads a field's key: its number and how its value is written.</summary>
    public (int Field, WireFormat.WireType Type) ReadKey()
    {
        uint key = (uint)ReadVarint();
        return (WireFormat.GetTagFieldNumber(key), WireFormat.GetTagWireType(key));
    }

    /// <summary>Reads the length of a length-delimited field that must lie within a message, and gives its end.</summary>
    public long ReadEnd(long messageEnd)
    {
        ulong length = ReadVarint();
        return length <= (ulong)Math.Max(0, messageEnd - Position) ? Position + (long)length : throw Malformed();
    }

    /// <summary>Passes over the value of a field.</summary>
    public void Skip(WireFormat.WireType type, long messageEnd)
    {
        switch (type)
        {
            case WireFormat.WireType.Varint:
                ReadVarint();
                break;
            case WireFormat.WireType.Fixed32:
                Position += sizeof(uint);
                break;
            case WireFormat.WireType.Fixed64:
                Position += sizeof(ulong);
                break;
            case WireFormat.WireType.LengthDelimited:
                Position = ReadEnd(messageEnd);
                break;
            default: // groups: older than ONNX
                throw Malformed();
        }

        if (Position > messageEnd)
        {
            throw Malformed();
        }
    }

    /// <summary>Passes over bytes, to read on at a position further on.</summary>
    public void SkipTo(long position) => Position = position;

    /// <summary>Copies the bytes of the file between two positions; where it reads on stays as it is.</summary>
    public byte[] Copy(long start, long end)
    {
        if (end - start > Array.MaxLength)
        {
            throw Malformed();
        }

        var bytes = new byte[end - start];
        for (int done = 0; done < bytes.Length;)
        {
            int read = RandomAccess.Read(file, bytes.AsSpan(done), start + done);
            done += read > 0 ? read : throw Malformed(); // the file shrank under our hands
        }

        return bytes;
    }

    public void Dispose() => file.Dispose();

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Malformed();
    }

    private byte ReadByte()
    {
        long offset = Position - _bufferStart;
        if (offset < 0 || offset >= _buffered)
        {
            _bufferStart = Position;
            _buffered = RandomAccess.Read(file, _buffer, Position);
            offset = 0;
            if (_buffered == 0)
            {
                throw Malformed();
            }
        }

        Position++;
        return _buffer[offset];
    }

    private static InvalidDataException Malformed() => new(OnnxFile.NotWhole);
}
