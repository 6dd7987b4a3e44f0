using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Display;

/// <summary>Copies of ML.NET's images, to be shown.</summary>
internal static class PictureCopy
{
    /// <summary>Copies an image.</summary>
    /// <param name="image">The image; left as it is.</param>
    /// <param name="longestSide">The copy's longer side has at most these pixels.</param>
    public static Picture Of(MLImage image, int longestSide)
    {
        PixelOrder order = image.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
        return new Picture(image.Pixels.ToArray(), image.Height, image.Width, order).Shrunk(longestSide);
    }

    /// <summary>Reads a picture file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="longestSide">The picture's longer side has at most these pixels.</param>
    /// <returns>The picture; null where the file is gone or is no picture that can be read.</returns>
    public static Picture? OfFile(string path, int longestSide)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using MLImage image = MLImage.CreateFromFile(path);
            return Of(image, longestSide);
        }
        catch (Exception problem) when (problem is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
