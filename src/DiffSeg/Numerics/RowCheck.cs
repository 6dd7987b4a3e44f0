using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DiffSeg;

/// <summary>What a row of attention holds that it must not.</summary>
internal static class RowCheck
{
    private const uint LargestFinite = 0x7F7FFFFF;
    private const uint NegativeZero = 0x80000000;

    /// <summary>Looks for values that are NaN, infinite or negative, and for any value above 0.</summary>
    /// <param name="row">Any length.</param>
    /// <returns>Whether all values are finite and not negative (-0 is 0), and whether one of them is above 0.</returns>
    /// <remarks>
    /// As unsigned integers, the bits of the finite numbers from 0 up are the range [0, 0x7F7FFFFF]; NaN, infinity and
    /// everything with a sign lie above.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (bool Valid, bool Positive) Of(ReadOnlySpan<float> row)
    {
        ReadOnlySpan<uint> bits = MemoryMarshal.Cast<float, uint>(row);
        bool valid = true;
        bool positive = false;
        if (Vector.IsHardwareAccelerated)
        {
            Vector<uint> bad = Vector<uint>.Zero;
            Vector<uint> any = Vector<uint>.Zero;
            ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(bits);
            foreach (Vector<uint> value in vectors)
            {
                bad |= Vector.GreaterThan(value, new Vector<uint>(LargestFinite))
                    & ~Vector.Equals(value, new Vector<uint>(NegativeZero));
                any |= value;
            }

            valid = bad == Vector<uint>.Zero;
            positive = (any & new Vector<uint>(~NegativeZero)) != Vector<uint>.Zero;
            bits = bits[(vectors.Length * Vector<uint>.Count)..];
        }

        (bool restValid, bool restPositive) = Scalar(bits);
        return (valid && restValid, positive || restPositive);
    }

    /// <summary>Position of the first value that is NaN, infinite or negative.</summary>
    /// <param name="row">Any length.</param>
    /// <returns>The index, or -1 when there is none.</returns>
    public static int FirstInvalid(ReadOnlySpan<float> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            if (!(row[i] >= 0 && row[i] <= float.MaxValue))
            {
                return i;
            }
        }

        return -1;
    }

    internal static (bool Valid, bool Positive) Scalar(ReadOnlySpan<uint> bits)
    {
        bool valid = true;
        bool positive = false;
        foreach (uint value in bits)
        {
            valid &= value <= LargestFinite || value == NegativeZero;
            positive |= (value & ~NegativeZero) != 0;
        }

        return (valid, positive);
    }
}
