using System.Runtime.InteropServices;

namespace DiffSeg.Pictures;

/// <summary>
/// Many pictures on one sheet: a grid of equal cells, filled row by row, each picture shrunk to fit its cell and centred
/// in it. A picture smaller than its cell keeps its size.
/// </summary>
public sealed class ContactSheet
{
    private readonly int _columns;
    private readonly int _cellHeight;
    private readonly int _cellWidth;
    private readonly int _gap;
    private readonly List<Thumbnail> _thumbnails = [];

    /// <summary>Starts an empty sheet.</summary>
    /// <param name="columns">Cells per row, at least 1.</param>
    /// <param name="cellHeight">Height of a cell in pixels, at least 1.</param>
    /// <param name="cellWidth">Width of a cell in pixels, at least 1.</param>
    /// <param name="gap">White pixels between cells and around the sheet, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below its minimum.</exception>
    public ContactSheet(int columns, int cellHeight, int cellWidth, int gap = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellHeight, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(cellWidth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        (_columns, _cellHeight, _cellWidth, _gap) = (columns, cellHeight, cellWidth, gap);
    }

    /// <summary>Pictures on the sheet.</summary>
    public int Count => _thumbnails.Count;

    /// <summary>Height of the sheet in pixels.</summary>
    public int Height => Side((_thumbnails.Count + _columns - 1) / _columns, _cellHeight);

    /// <summary>Width of the sheet in pixels.</summary>
    public int Width => Side(Math.Min(_thumbnails.Count, _columns), _cellWidth);

    /// <summary>Shrinks a picture into the next cell. Only the small picture is kept.</summary>
    /// <param name="pixels">Height x width pixels of four bytes, row-major.</param>
    /// <param name="height">Height in pixels, more than 0.</param>
    /// <param name="width">Width in pixels, more than 0.</param>
    /// <param name="order">Order of a pixel's bytes.</param>
    /// <exception cref="ArgumentException">The number of bytes does not fit height and width.</exception>
    public void Add(ReadOnlySpan<byte> pixels, int height, int width, PixelOrder order) =>
        _thumbnails.Add(Thumbnail.Of(pixels, height, width, order, _cellHeight, _cellWidth));

    /// <summary>The sheet's pixels, white where there is no picture.</summary>
    /// <returns>Height x width pixels, <see cref="PixelOrder.Rgba32"/>, row-major.</returns>
    public byte[] Render()
    {
        (int height, int width) = (Height, Width);
        byte[] sheet = new byte[checked(height * width * 4)];
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(sheet.AsSpan());
        pixels.Fill(uint.MaxValue);
        for (int i = 0; i < _thumbnails.Count; i++)
        {
            Thumbnail thumbnail = _thumbnails[i];
            int top = Side(i / _columns, _cellHeight) + ((_cellHeight - thumbnail.Height) / 2);
            int left = Side(i % _columns, _cellWidth) + ((_cellWidth - thumbnail.Width) / 2);
            for (int y = 0; y < thumbnail.Height; y++)
            {
                thumbnail.Pixels.AsSpan(y * thumbnail.Width, thumbnail.Width)
                    .CopyTo(pixels[(((top + y) * width) + left)..]);
            }
        }

        return sheet;
    }

    // A gap, then cells with a gap behind each: the size of a side, and where the next cell starts.
    private int Side(int cells, int cell) => checked(_gap + (cells * (cell + _gap)));
}
