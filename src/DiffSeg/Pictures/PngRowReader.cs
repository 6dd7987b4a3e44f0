using System.Numerics.Tensors;

namespace DiffSeg.Pictures;

/// <summary>Unpacks a PNG's rows one after the other and undoes their filters.</summary>
internal sealed class PngRowReader(Stream zlib, int rowLength, int bytesPerPixel)
{
    // Both rows begin with one pixel of zeros: what the filters see left of the picture.
    private byte[] _row = new byte[bytesPerPixel + rowLength];
    private byte[] _above = new byte[bytesPerPixel + rowLength];

    public ReadOnlySpan<byte> Next(int y)
    {
        (_row, _above) = (_above, _row);
        Span<byte> row = _row.AsSpan(bytesPerPixel);
        var filter = (PngFilter)ReadRow(row, y);
        if (filter > PngFilter.Paeth)
        {
            throw new InvalidDataException($"The PNG is damaged: row {y} has the unknown filter {(byte)filter}.");
        }

        if (filter == PngFilter.Up)
        {
            // The filter that masks of ours are written with, and the only one whose bytes do not wait for one another.
            TensorPrimitives.Add<byte>(row, _above.AsSpan(bytesPerPixel), row);
        }
        else if (filter != PngFilter.None)
        {
            Undo(filter);
        }

        return row;
    }

    private void Undo(PngFilter filter)
    {
        for (int i = bytesPerPixel; i < _row.Length; i++)
        {
            byte left = _row[i - bytesPerPixel], up = _above[i], corner = _above[i - bytesPerPixel];
            _row[i] += filter switch
            {
                PngFilter.Sub => left,
                PngFilter.Average => (byte)((left + up) / 2),
                _ => Paeth(left, up, corner),
            };
        }
    }

    private int ReadRow(Span<byte> row, int y)
    {
        try
        {
            int filter = zlib.ReadByte();
            if (filter >= 0 && zlib.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length)
            {
                return filter;
            }
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            // The data is in memory: an error of reading is zlib's too, which tells some damage so.
            throw new InvalidDataException($"The PNG is damaged: row {y} does not unpack.", damaged);
        }

        throw new InvalidDataException($"The PNG is cut off: its data ends at row {y}.");
    }

    /// <summary>The neighbour closest to left + up - corner; ties in this order (PNG specification, 9.4).</summary>
    public static byte Paeth(byte left, byte up, byte corner)
    {
        int estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }
}
