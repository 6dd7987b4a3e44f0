using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.MLNet.Scoring;

/// <summary>
/// Float32 values of a number of rows in native memory, which stays where it is and is used batch after batch. Given back by
/// <see cref="Dispose"/>, or by the garbage collector when nobody does: a prediction engine disposes no rows.
/// </summary>
internal sealed class NativeTensor : IDisposable
{
    private const int Alignment = 64;
    private readonly int[] _rowShape;
    private readonly int _rowLength;
    private readonly int _most;
    private readonly long _bytes;
    private readonly nint _start;
    private readonly OrtValue _all;
    private nint _memory;
    private OrtValue? _first;
    private int _firstRows;

    /// <param name="rowShape">Shape of one row; the first side is 1 where there is room for more of them.</param>
    /// <param name="most">For how many rows there is memory. It is the operating system's until it is written.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is nothing to hold.</exception>
    /// <exception cref="OutOfMemoryException">There is no such memory.</exception>
    public NativeTensor(int[] rowShape, int most)
    {
        _rowShape = rowShape;
        _most = most;
        _rowLength = rowShape.Aggregate(1, (product, side) => checked(product * side));
        _bytes = (long)sizeof(float) * _rowLength * most;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_bytes, nameof(rowShape));
        _memory = Marshal.AllocHGlobal(checked((nint)_bytes + Alignment));

        // Right behind the memory: if what follows throws, the finalizer takes both back, and must not throw itself.
        GC.AddMemoryPressure(_bytes);
        _start = (_memory + Alignment - 1) & -Alignment;
        _all = Over(most);
    }

    ~NativeTensor() => Release();

    /// <summary>The first rows as a tensor; valid until another number of rows is asked for.</summary>
    public OrtValue First(int rows)
    {
        ObjectDisposedException.ThrowIf(_memory == 0, this);
        if (rows == _most)
        {
            return _all;
        }

        if (rows != _firstRows)
        {
            _first?.Dispose();
            _first = Over(rows);
            _firstRows = rows;
        }

        return _first!;
    }

    /// <summary>The values of a row.</summary>
    public Span<float> Row(int row)
    {
        ObjectDisposedException.ThrowIf(_memory == 0, this);
        return _all.GetTensorMutableDataAsSpan<float>().Slice(row * _rowLength, _rowLength);
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private OrtValue Over(int rows)
    {
        long[] shape = [.. _rowShape.Select((side, i) => i == 0 ? (long)side * rows : side)];
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, _start, sizeof(float) * (long)_rowLength * rows);
    }

    private void Release()
    {
        // An OrtValue has no finalizer of its own.
        if (Interlocked.Exchange(ref _memory, 0) is not 0 and var memory)
        {
            _all?.Dispose();
            _first?.Dispose();
            Marshal.FreeHGlobal(memory);
            GC.RemoveMemoryPressure(_bytes);
        }
    }
}
