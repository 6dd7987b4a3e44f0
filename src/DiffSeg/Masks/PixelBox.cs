namespace DiffSeg;

/// <summary>A rectangle of pixels of a mask.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
internal readonly record struct PixelBox(int Top, int Left, int Height, int Width)
{
    /// <summary>The row after the last.</summary>
    public int Bottom => Top + Height;

    /// <summary>The column after the last.</summary>
    public int Right => Left + Width;

    /// <summary>Cuts the longer side near its middle; at least one side must be longer than the unit.</summary>
    /// <param name="unit">The first half is a whole number of these long.</param>
    /// <returns>The halves, upper or left one first.</returns>
    public (PixelBox First, PixelBox Second) Halves(int unit)
    {
        if (Height > Width)
        {
            int half = Half(Height, unit);
            return (this with { Height = half }, this with { Top = Top + half, Height = Height - half });
        }
        else
        {
            int half = Half(Width, unit);
            return (this with { Width = half }, this with { Left = Left + half, Width = Width - half });
        }
    }

    /// <summary>How often this can be halved, and halves of it, until no side is longer than the unit.</summary>
    /// <param name="unit">As in <see cref="Halves"/>.</param>
    /// <returns>The most halvings that lead to any of the smallest boxes.</returns>
    public int Halvings(int unit)
    {
        int count = 0;
        for (PixelBox box = this; box.Height > unit || box.Width > unit; count++)
        {
            // The first half is never the shorter one.
            box = box.Halves(unit).First;
        }

        return count;
    }

    private static int Half(int length, int unit) => (((length + 1) / 2) + unit - 1) / unit * unit;
}
