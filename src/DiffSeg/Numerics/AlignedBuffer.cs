using System.Runtime.CompilerServices;

namespace DiffSeg;

/// <summary>A buffer that grows and starts on a cache line, so that no vector load of a hot loop touches two lines.</summary>
internal sealed class AlignedBuffer
{
    private const int LineBytes = 64;
    private const int LineFloats = LineBytes / sizeof(float);
    private float[] _array = [];
    private int _start;
    private int _length;

    /// <summary>The values.</summary>
    public Span<float> Span => _array.AsSpan(_start, _length);

    /// <summary>Makes room; the contents are undefined afterwards.</summary>
    /// <param name="length">Values needed.</param>
    /// <returns>The values.</returns>
    public unsafe Span<float> Require(int length)
    {
        if (_array.Length < length + LineFloats)
        {
            // Pinned, so that the garbage collector leaves it where it is.
            _array = GC.AllocateUninitializedArray<float>(length + LineFloats, pinned: true);
            nuint address = (nuint)Unsafe.AsPointer(ref _array[0]);
            _start = (int)((LineBytes - (address % LineBytes)) % LineBytes / sizeof(float));
        }

        _length = length;
        return Span;
    }
}
