using DiffSeg.MLNet.Geometry;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Painting;

/// <summary>Paints masks over pictures, whatever their sizes. Keeps its buffers; for one thread at a time.</summary>
internal sealed class MaskPainter(PaintSettings settings)
{
    private readonly OverlayOptions _overlay = settings.Overlay();
    private byte[] _pixels = [];
    private byte[] _covered = [];
    private ushort[] _labels = [];

    /// <param name="picture">The picture; left as it is.</param>
    /// <param name="mask">The mask's labels, row-major.</param>
    /// <param name="size">The mask's height and width; null when the mask is as large as what it covers.</param>
    /// <returns>A new picture, the caller's to dispose.</returns>
    public MLImage Paint(MLImage picture, ReadOnlySpan<ushort> mask, (int Height, int Width)? size)
    {
        var fitted = new FittedImage(
            picture.Height, picture.Width, settings.ModelHeight, settings.ModelWidth, settings.Fit);
        (int height, int width) = (fitted.CoveredHeight, fitted.CoveredWidth);
        (int Height, int Width) maskSize = size ?? (height, width);
        if (mask.Length != (long)maskSize.Height * maskSize.Width)
        {
            throw new InvalidOperationException(
                $"Column '{settings.MaskColumn}' holds a mask of {mask.Length} pixels, but {maskSize.Height}x"
                + $"{maskSize.Width} are expected. For a mask of variable size that is not the picture's, the columns "
                + $"'{settings.HeightColumn}' and '{settings.WidthColumn}' tell its size: ask for MaskColumns.Size.");
        }

        PixelOrder order = picture.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
        ReadOnlySpan<byte> source = picture.Pixels;
        ReadOnlySpan<ushort> labels = Stretch(mask, maskSize, height, width);
        Span<byte> pixels = Reserve(ref _pixels, source.Length);
        if ((height, width) == (picture.Height, picture.Width))
        {
            MaskOverlay.Paint(source, labels, height, width, order, pixels, _overlay);
        }
        else
        {
            source.CopyTo(pixels);
            Span<byte> covered = Reserve(ref _covered, height * width * 4);
            CopyCovered(fitted, picture.Width, pixels, covered, back: false);
            MaskOverlay.Paint(covered, labels, height, width, order, covered, _overlay);
            CopyCovered(fitted, picture.Width, pixels, covered, back: true);
        }

        return MLImage.CreateFromPixels(picture.Width, picture.Height, picture.PixelFormat, pixels);
    }

    private static void CopyCovered(FittedImage fitted, int imageWidth, Span<byte> pixels, Span<byte> covered, bool back)
    {
        int row = fitted.CoveredWidth * 4;
        for (int y = 0; y < fitted.CoveredHeight; y++)
        {
            Span<byte> inPicture = pixels.Slice((((fitted.CoveredTop + y) * imageWidth) + fitted.CoveredLeft) * 4, row);
            Span<byte> inCovered = covered.Slice(y * row, row);
            if (back)
            {
                inCovered.CopyTo(inPicture);
            }
            else
            {
                inPicture.CopyTo(inCovered);
            }
        }
    }

    // Labels have no values in between: the nearest mask pixel, by the position of the centres.
    private ReadOnlySpan<ushort> Stretch(ReadOnlySpan<ushort> mask, (int Height, int Width) size, int height, int width)
    {
        if (size == (height, width))
        {
            return mask;
        }

        Span<ushort> labels = Reserve(ref _labels, height * width);
        for (int y = 0; y < height; y++)
        {
            int sourceY = (int)(((2L * y) + 1) * size.Height / (2L * height));
            ReadOnlySpan<ushort> source = mask.Slice(sourceY * size.Width, size.Width);
            Span<ushort> row = labels.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                row[x] = source[(int)(((2L * x) + 1) * size.Width / (2L * width))];
            }
        }

        return labels;
    }

    private static Span<T> Reserve<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }

        return buffer.AsSpan(0, length);
    }
}
