using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Weights;

/// <summary>Values of tensors, read in order and in blocks, so that no tensor is ever held whole.</summary>
/// <param name="totalBytes">Bytes that will be read in all, for the progress.</param>
/// <param name="progress">Told the share that was read, 0 to 1, after each block.</param>
/// <param name="cancellationToken">Looked at before each block.</param>
internal sealed class WeightBlocks(long totalBytes, IProgress<double>? progress, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>Elements in a block: 4 MiB of float32, 8 MiB of double.</summary>
    public const int Elements = 1 << 20;

    private readonly TensorReader _reader = new();
    private readonly float[] _values = new float[Elements];
    private byte[] _bytes = [];
    private byte[] _encoded = [];

    /// <summary>A block's values as they are stored; valid until the next block is read.</summary>
    public delegate void BytesReader(ReadOnlySpan<byte> bytes);

    /// <summary>A block's values and the index of its first; valid until the next block is read.</summary>
    public delegate void FloatsReader(ReadOnlySpan<float> values, long first);

    public long DoneBytes { get; private set; }

    /// <summary>Reads a tensor of any type but strings as the bytes that it is.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void ReadBytes(TensorProto tensor, BytesReader read)
    {
        const int BlockBytes = Elements * sizeof(float);
        long length = TensorReference.ByteLength(tensor);
        for (long offset = 0; offset < length; offset += BlockBytes)
        {
            Span<byte> bytes = Room(ref _bytes, (int)Math.Min(BlockBytes, length - offset));
            Fill(tensor, offset, bytes);
            read(bytes);
            Advance(bytes.Length);
        }
    }

    /// <summary>Reads a tensor of real numbers as float32.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void ReadFloats(TensorProto tensor, FloatsReader read)
    {
        var type = (ElementType)tensor.DataType;
        long count = ElementTypes.Count(tensor);
        int size = ElementTypes.Bits(tensor.DataType)!.Value / 8;
        for (long first = 0; first < count; first += Elements)
        {
            Span<float> values = _values.AsSpan(0, (int)Math.Min(Elements, count - first));
            Span<byte> bytes = type == ElementType.Float ? MemoryMarshal.AsBytes(values) : Room(ref _bytes, values.Length * size);
            Fill(tensor, first * size, bytes);
            if (type != ElementType.Float)
            {
                RealNumbers.ToSingle(type, bytes, values);
            }

            read(values, first);
            Advance(bytes.Length);
        }
    }

    /// <summary>Room for the values of a block in another type; the same each time.</summary>
    public Span<T> Encoded<T>(int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Room(ref _encoded, count * Unsafe.SizeOf<T>()));

    /// <summary>Counts bytes as read that need not be: up to a number in all.</summary>
    public void PassTo(long doneBytes)
    {
        if (doneBytes > DoneBytes)
        {
            Advance(doneBytes - DoneBytes);
        }
    }

    public void Dispose() => _reader.Dispose();

    private static Span<byte> Room(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }

        return buffer.AsSpan(0, length);
    }

    private void Fill(TensorProto tensor, long offset, Span<byte> bytes)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _reader.Read(tensor, offset, bytes);
    }

    private void Advance(long bytes)
    {
        DoneBytes += bytes;
        progress?.Report(Math.Min(1, (double)DoneBytes / Math.Max(1, totalBytes)));
    }
}
