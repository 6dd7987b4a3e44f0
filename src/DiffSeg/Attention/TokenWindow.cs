namespace DiffSeg;

/// <summary>A rectangle of tokens of an attention map, such as the part that shows the picture and no padding.</summary>
/// <param name="Top">First row, from 0.</param>
/// <param name="Left">First column, from 0.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
public readonly record struct TokenWindow(int Top, int Left, int Height, int Width)
{
    /// <summary>Tokens in the window.</summary>
    public int Tokens => checked(Height * Width);

    /// <summary>As in "32x64 tokens at row 16, column 0".</summary>
    /// <returns>Size and place.</returns>
    public override string ToString() => $"{Height}x{Width} tokens at row {Top}, column {Left}";

    /// <summary>A window that shows the whole map.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <returns>The window.</returns>
    internal static TokenWindow Whole(int height, int width) => new(0, 0, height, width);

    /// <summary>Throws unless the window lies inside a map.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="ArgumentOutOfRangeException">The window is empty or reaches beyond the map.</exception>
    internal void CheckInside(int height, int width, string name)
    {
        if (Height < 1 || Width < 1 || Top < 0 || Left < 0 || Top > height - Height || Left > width - Width)
        {
            throw new ArgumentOutOfRangeException(
                name, this, $"The window must lie inside the map of {height}x{width} tokens.");
        }
    }

    /// <summary>Where a token of the window lies on the map.</summary>
    /// <param name="index">Row-major index in the window.</param>
    /// <param name="mapWidth">Columns of the map.</param>
    /// <returns>Row-major index on the map.</returns>
    internal int TokenAt(int index, int mapWidth) => ((Top + (index / Width)) * mapWidth) + Left + (index % Width);

    /// <summary>Where a token of the map lies in the window.</summary>
    /// <param name="token">Row-major index on the map.</param>
    /// <param name="mapWidth">Columns of the map.</param>
    /// <returns>Row-major index in the window, or -1 when it lies outside.</returns>
    internal int IndexOf(int token, int mapWidth)
    {
        int y = (token / mapWidth) - Top;
        int x = (token % mapWidth) - Left;
        return y >= 0 && y < Height && x >= 0 && x < Width ? (y * Width) + x : -1;
    }

    /// <summary>Copies what the window shows of a map.</summary>
    /// <param name="map">The map, row-major.</param>
    /// <param name="mapWidth">Its columns.</param>
    /// <param name="shown">One value per token of the window.</param>
    internal void CopyFrom(ReadOnlySpan<float> map, int mapWidth, Span<float> shown)
    {
        if (Width == mapWidth)
        {
            map.Slice(Top * mapWidth, shown.Length).CopyTo(shown);
            return;
        }

        for (int y = 0; y < Height; y++)
        {
            map.Slice(((Top + y) * mapWidth) + Left, Width).CopyTo(shown[(y * Width)..]);
        }
    }
}
