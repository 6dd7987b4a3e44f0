using static Microsoft.ML.Transforms.Image.ImageResizingEstimator;

namespace DiffSeg.StandIn;

/// <summary>
/// Resizing with ML.NET's geometry: the picture is drawn into a whole-number rectangle that is fitted into the new
/// picture or fills it. What the rectangle leaves free is black, with alpha 0.
/// </summary>
internal static class Resizing
{
    public static Raster Resize(Raster picture, int width, int height, ResizingKind kind, Anchor anchor)
    {
        if (kind == ResizingKind.Fill)
        {
            return Nearest(picture, width, height);
        }

        // Single precision, as ML.NET computes it: the truncations below depend on it.
        float widthAspect = (float)width / picture.Width;
        float heightAspect = (float)height / picture.Height;
        bool fit = kind == ResizingKind.IsoPad;
        bool byHeight = fit == heightAspect < widthAspect;
        float aspect = byHeight ? heightAspect : widthAspect;

        (Anchor start, Anchor end) = byHeight ? (Anchor.Left, Anchor.Right) : (Anchor.Top, Anchor.Bottom);
        float share = fit ? 0.5f : anchor == start ? 0 : anchor == end ? 1 : 0.5f;
        int left = byHeight ? (int)((width - picture.Width * aspect) * share) : 0;
        int top = byHeight ? 0 : (int)((height - picture.Height * aspect) * share);
        var target = new Target(left, top, (int)(picture.Width * aspect), (int)(picture.Height * aspect));
        return Sampling.Draw(picture, target, width, height);
    }

    /// <summary>The nearest pixel; halfway, the one before.</summary>
    private static Raster Nearest(Raster picture, int width, int height)
    {
        var bytes = new byte[width * height * Raster.BytesPerPixel];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = picture.Row(Source(y, picture.Height, height));
            for (int x = 0; x < width; x++)
            {
                row.Slice(Source(x, picture.Width, width) * Raster.BytesPerPixel, Raster.BytesPerPixel)
                    .CopyTo(bytes.AsSpan((y * width + x) * Raster.BytesPerPixel));
            }
        }
        return new Raster(width, height, bytes, picture.IsOpaque);

        // ceiling((i + 0.5) * from / to) - 1 in whole numbers
        static int Source(int i, int from, int to) => (int)(((2L * i + 1) * from + 2L * to - 1) / (2L * to) - 1);
    }
}

/// <summary>Where a picture is drawn.</summary>
internal readonly record struct Target(int Left, int Top, int Width, int Height);
