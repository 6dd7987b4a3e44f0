using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg.Pictures;

/// <summary>Blends one colour over a run of pixels, in whole numbers.</summary>
internal static class ColourBlend
{
    // destination = (image * (256 - alpha) + colour * alpha + 128) >> 8 for three channels; the fourth byte of a pixel,
    // its alpha, gets weight 256 and addend 0, so the same arithmetic keeps it: (a * 256 + 128) >> 8 = a. All sums stay
    // below 255 * 256 + 128 and fit 16 bits unsigned. Lanes: 16 bytes widen to two vectors of 8 shorts; the pattern of
    // four channels repeats twice in each, so one weight and one addend vector serve both halves.
    public static void Blend(ReadOnlySpan<byte> image, uint colour, int alpha, Span<byte> destination)
    {
        uint channels = colour;
        Span<byte> bytes = MemoryMarshal.AsBytes(new Span<uint>(ref channels));
        Span<ushort> weight = [(ushort)(256 - alpha), (ushort)(256 - alpha), (ushort)(256 - alpha), 256];
        Span<ushort> addend =
            [(ushort)(bytes[0] * alpha + 128), (ushort)(bytes[1] * alpha + 128), (ushort)(bytes[2] * alpha + 128), 128];

        int i = 0;
        if (Vector128.IsHardwareAccelerated)
        {
            var weights = Vector128.Create(MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(weight))).AsUInt16();
            var addends = Vector128.Create(MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(addend))).AsUInt16();
            for (; i <= image.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
            {
                (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(image.Slice(i)));
                low = ((low * weights) + addends) >> 8;
                high = ((high * weights) + addends) >> 8;
                Vector128.Narrow(low, high).CopyTo(destination[i..]);
            }
        }

        for (; i < image.Length; i++)
        {
            destination[i] = (byte)(((image[i] * weight[i & 3]) + addend[i & 3]) >> 8);
        }
    }
}
