namespace DiffSeg.Pictures;

/// <summary>Filters a PNG's rows and hands them to the compressor.</summary>
internal sealed class PngRowWriter(Stream zlib, int rowLength, int bytesPerPixel)
{
    // Rows begin with one pixel of zeros: what the filters see left of the picture.
    private readonly byte[] _row = new byte[bytesPerPixel + rowLength];
    private readonly byte[] _above = new byte[bytesPerPixel + rowLength];
    private byte[] _filtered = new byte[1 + rowLength];
    private byte[] _best = new byte[1 + rowLength];

    /// <summary>Writes a row with a filter.</summary>
    public void Write(ReadOnlySpan<byte> row, PngFilter filter)
    {
        row.CopyTo(_row.AsSpan(bytesPerPixel));
        Apply(filter);
        zlib.Write(_filtered);
        _row.CopyTo(_above, 0);
    }

    /// <summary>Writes a row with the filter that leaves the smallest differences, the usual rule for photos.</summary>
    public void WriteBest(ReadOnlySpan<byte> row)
    {
        row.CopyTo(_row.AsSpan(bytesPerPixel));
        long least = long.MaxValue;
        for (PngFilter filter = PngFilter.None; filter <= PngFilter.Paeth; filter++)
        {
            Apply(filter);
            long size = 0;
            foreach (byte value in _filtered.AsSpan(1))
            {
                size += value < 128 ? value : 256 - value;
            }

            if (size < least)
            {
                least = size;
                (_best, _filtered) = (_filtered, _best);
            }
        }

        zlib.Write(_best);
        _row.CopyTo(_above, 0);
    }

    private void Apply(PngFilter filter)
    {
        _filtered[0] = (byte)filter;
        ReadOnlySpan<byte> row = _row.AsSpan(bytesPerPixel), left = _row, up = _above.AsSpan(bytesPerPixel), corner = _above;
        Span<byte> to = _filtered.AsSpan(1);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = (byte)(row[i] - filter switch
            {
                PngFilter.Sub => left[i],
                PngFilter.Up => up[i],
                PngFilter.Average => (left[i] + up[i]) / 2,
                PngFilter.Paeth => PngRowReader.Paeth(left[i], up[i], corner[i]),
                _ => 0,
            });
        }
    }
}
