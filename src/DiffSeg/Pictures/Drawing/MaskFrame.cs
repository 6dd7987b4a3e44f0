namespace DiffSeg.Pictures.Drawing;

/// <summary>What is shown of a mask, in pixels: the size of the picture, and the part of it that the mask lies on.</summary>
/// <param name="Height">Rows of the picture.</param>
/// <param name="Width">Columns of the picture.</param>
/// <param name="Part">Where the mask lies on it.</param>
internal readonly record struct MaskFrame(int Height, int Width, BoundingBox Part)
{
    /// <summary>A mask that lies on all of it.</summary>
    public static MaskFrame Whole(int height, int width) => new(height, width, new BoundingBox(0, 0, width, height));

    /// <summary>A picture and the part of it that a mask covers, shown smaller where they are large.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="part">In the picture's pixels, within it; null for all of it.</param>
    /// <param name="longestSide">The longer side is shown at no more pixels than these.</param>
    public static MaskFrame On(Picture picture, BoundingBox? part, int longestSide)
    {
        (int height, int width) = PictureScaling.Fit(picture.Height, picture.Width, longestSide);
        if (part is not { } covered)
        {
            return Whole(height, width);
        }

        (int top, int rows) = Shown(covered.Top, covered.Height, picture.Height, height);
        (int left, int columns) = Shown(covered.Left, covered.Width, picture.Width, width);
        return new MaskFrame(height, width, new BoundingBox(left, top, columns, rows));
    }

    /// <summary>A layer of the part's size as one of the picture's, transparent elsewhere.</summary>
    public Raster Around(Raster layer)
    {
        if (Part == new BoundingBox(0, 0, Width, Height))
        {
            return layer;
        }

        var all = new Raster(Height, Width);
        Array.Clear(all.Pixels);
        all.Draw(layer, Part.Top, Part.Left);
        return all;
    }

    // The edges at the size shown; a part of no pixel has one.
    private static (int First, int Count) Shown(int first, int count, int of, int shown)
    {
        int from = Math.Min((int)Math.Round((double)first * shown / of), shown - 1);
        int end = Math.Clamp((int)Math.Round((double)(first + count) * shown / of), from + 1, shown);
        return (from, end - from);
    }
}
