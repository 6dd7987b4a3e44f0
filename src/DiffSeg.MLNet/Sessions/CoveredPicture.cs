using DiffSeg.MLNet.Geometry;
using DiffSeg.MLNet.Masks;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Sessions;

/// <summary>The part of a picture that its mask covers.</summary>
internal static class CoveredPicture
{
    /// <summary>Copies it.</summary>
    /// <param name="image">The picture; left as it is.</param>
    /// <param name="settings">How it is fitted to the model.</param>
    public static Picture Of(MLImage image, MaskSettings settings)
    {
        var fitted = new FittedImage(
            image.Height, image.Width, settings.ModelHeight, settings.ModelWidth, settings.Fit);
        PixelOrder order = image.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
        ReadOnlySpan<byte> all = image.Pixels;
        int row = 4 * fitted.CoveredWidth;
        byte[] covered = new byte[row * fitted.CoveredHeight];
        for (int y = 0; y < fitted.CoveredHeight; y++)
        {
            all.Slice(4 * (((fitted.CoveredTop + y) * image.Width) + fitted.CoveredLeft), row).CopyTo(covered.AsSpan(y * row));
        }

        return new Picture(covered, fitted.CoveredHeight, fitted.CoveredWidth, order);
    }
}
