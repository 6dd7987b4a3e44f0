using System.Runtime.InteropServices;

namespace DiffSeg.Pictures;

/// <summary>The colours of an indexed PNG, with their alphas.</summary>
internal sealed class PngColours
{
    private readonly Dictionary<uint, byte> _indices;
    private readonly byte[] _colours;
    private readonly byte[] _alphas;

    private PngColours(List<uint> found, Dictionary<uint, byte> indices, PixelOrder order)
    {
        _indices = indices;
        _colours = new byte[3 * found.Count];
        _alphas = new byte[found.Count];
        (int red, int blue) = order == PixelOrder.Rgba32 ? (0, 2) : (2, 0);
        for (int i = 0; i < found.Count; i++)
        {
            uint pixel = found[i];
            ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in pixel));
            (_colours[3 * i], _colours[(3 * i) + 1], _colours[(3 * i) + 2]) = (bytes[red], bytes[1], bytes[blue]);
            _alphas[i] = bytes[3];
        }
    }

    /// <summary>The colours in the order of their first pixels; null where there are more than a byte can tell apart.</summary>
    /// <param name="pixels">Pixels of four bytes in memory.</param>
    /// <param name="order">Order of their bytes.</param>
    public static PngColours? Of(ReadOnlySpan<uint> pixels, PixelOrder order)
    {
        var found = new List<uint>();
        var indices = new Dictionary<uint, byte>();
        for (int start = 0; start < pixels.Length;)
        {
            ReadOnlySpan<uint> rest = pixels[start..];
            if (indices.TryAdd(rest[0], (byte)found.Count))
            {
                if (found.Count == PngFormat.MaxColours)
                {
                    return null;
                }

                found.Add(rest[0]);
            }

            int run = rest.IndexOfAnyExcept(rest[0]);
            start += run < 0 ? rest.Length : run;
        }

        return new PngColours(found, indices, order);
    }

    /// <summary>The index of each pixel.</summary>
    /// <param name="pixels">Pixels whose colours are among these.</param>
    /// <param name="destination">As many.</param>
    public void Indices(ReadOnlySpan<uint> pixels, Span<byte> destination)
    {
        for (int x = 0; x < pixels.Length; x++)
        {
            destination[x] = x > 0 && pixels[x] == pixels[x - 1] ? destination[x - 1] : _indices[pixels[x]];
        }
    }

    /// <summary>Writes the palette, and the alphas where one is not opaque.</summary>
    public void Write(PngChunkWriter chunks)
    {
        chunks.WriteChunk(PngFormat.Colours, _colours);
        if (_alphas.AsSpan().ContainsAnyExcept(byte.MaxValue))
        {
            chunks.WriteChunk(PngFormat.Transparency, _alphas);
        }
    }
}
