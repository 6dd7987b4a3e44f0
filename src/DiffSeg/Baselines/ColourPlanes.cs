using DiffSeg.Pictures;

namespace DiffSeg.Baselines;

/// <summary>The colours of a picture at the size of a mask, in CIELAB, and where its pixels lie.</summary>
internal sealed class ColourPlanes
{
    private const int Grain = 16;

    private ColourPlanes(int height, int width, float side)
    {
        (Height, Width) = (height, width);
        float step = side / Math.Max(height, width);
        X = [.. Enumerable.Range(0, width).Select(x => (x + 0.5f) * step)];
        Y = [.. Enumerable.Range(0, height).Select(y => (y + 0.5f) * step)];
        L = new float[height * width];
        A = new float[height * width];
        B = new float[height * width];
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Lightness of each pixel, row-major.</summary>
    public float[] L { get; }

    /// <summary>Green to red.</summary>
    public float[] A { get; }

    /// <summary>Blue to yellow.</summary>
    public float[] B { get; }

    /// <summary>Position of each column.</summary>
    public float[] X { get; }

    /// <summary>Position of each row.</summary>
    public float[] Y { get; }

    /// <summary>Takes the colours of a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="height">Rows of the mask.</param>
    /// <param name="width">Columns of the mask.</param>
    /// <param name="side">What the longer side of the mask counts in position.</param>
    /// <param name="degree">Threads at most.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The planes. A pixel of the mask has the mean light of the picture's pixels that it touches.</returns>
    public static ColourPlanes Of(
        Picture picture, int height, int width, float side, int degree, CancellationToken cancellationToken)
    {
        ColourPlanes planes = new(height, width, side);
        RowParallel.For(height, Grain, degree, (from, to) => planes.Take(picture, from, to), cancellationToken);
        return planes;
    }

    private void Take(Picture picture, int from, int to)
    {
        ReadOnlySpan<byte> bytes = picture.Pixels.Span;
        (int red, int blue) = picture.Order == PixelOrder.Rgba32 ? (0, 2) : (2, 0);
        for (int y = from; y < to; y++)
        {
            (int top, int bottom) = Touched(y, Height, picture.Height);
            for (int x = 0; x < Width; x++)
            {
                (int left, int right) = Touched(x, Width, picture.Width);
                (double r, double g, double b) = (0, 0, 0);
                for (int row = top; row < bottom; row++)
                {
                    for (int column = left; column < right; column++)
                    {
                        ReadOnlySpan<byte> pixel = bytes.Slice(4 * ((row * picture.Width) + column), 4);
                        r += CieLab.Light[pixel[red]];
                        g += CieLab.Light[pixel[1]];
                        b += CieLab.Light[pixel[blue]];
                    }
                }

                int pixels = (bottom - top) * (right - left);
                int index = (y * Width) + x;
                (L[index], A[index], B[index]) = CieLab.Of(r / pixels, g / pixels, b / pixels);
            }
        }
    }

    // The positions of the picture that a position of the mask touches, at least one.
    private static (int From, int To) Touched(int position, int count, int size) =>
        ((int)((long)position * size / count), (int)((((position + 1L) * size) + count - 1) / count));
}
