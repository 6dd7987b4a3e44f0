using System.Buffers.Binary;
using System.IO.Hashing;

namespace DiffSeg.Pictures;

/// <summary>Writes PNG chunks; as a stream, it cuts what is written to it into data chunks of moderate size.</summary>
internal sealed class PngChunkWriter(Stream output) : Stream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _filled;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Length, type, contents and checksum (over type and contents).</summary>
    public void WriteChunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> contents)
    {
        Span<byte> number = stackalloc byte[4];
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(contents);

        BinaryPrimitives.WriteInt32BigEndian(number, contents.Length);
        output.Write(number);
        output.Write(type);
        output.Write(contents);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        output.Write(number);
    }

    public override void Write(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            int taken = Math.Min(data.Length, _buffer.Length - _filled);
            data[..taken].CopyTo(_buffer.AsSpan(_filled));
            _filled += taken;
            data = data[taken..];
            if (_filled == _buffer.Length)
            {
                WriteData();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    // The compressor flushes when it likes; a chunk is written when it is full or at the end.
    public override void Flush()
    {
    }

    /// <summary>Writes the data that has not filled a chunk yet.</summary>
    public void WriteData()
    {
        if (_filled == 0)
        {
            return;
        }

        WriteChunk(PngFormat.Data, _buffer.AsSpan(0, _filled));
        _filled = 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
