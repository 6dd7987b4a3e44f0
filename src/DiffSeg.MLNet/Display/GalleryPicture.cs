using DiffSeg.MLNet.Geometry;
using DiffSeg.MLNet.Images;
using DiffSeg.MLNet.Painting;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Display;

/// <summary>A picture to be shown: a copy of an image of ML.NET's, no larger than it is shown, and how large it was.</summary>
/// <param name="Shown">The copy.</param>
/// <param name="Height">Rows of the picture itself.</param>
/// <param name="Width">Columns of the picture itself.</param>
internal sealed record GalleryPicture(Picture Shown, int Height, int Width)
{
    /// <summary>Copies an image.</summary>
    /// <param name="image">The image; left as it is.</param>
    /// <param name="longestSide">The copy's longer side has at most these pixels.</param>
    /// <returns>The picture; null where there is none.</returns>
    public static GalleryPicture? Of(MLImage? image, int longestSide)
    {
        if (MissingPicture.Is(image))
        {
            return null;
        }

        PixelOrder order = image.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
        Picture copy = new Picture(image.Pixels.ToArray(), image.Height, image.Width, order).Shrunk(longestSide);
        return new GalleryPicture(copy, image.Height, image.Width);
    }

    /// <summary>Reads a picture file.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="longestSide">The picture's longer side has at most these pixels.</param>
    /// <returns>The picture; null where the file is gone or is no picture that can be read.</returns>
    public static GalleryPicture? OfFile(string path, int longestSide)
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

    /// <summary>Rows and columns of the picture that a mask covers.</summary>
    /// <param name="painting">How the mask was fitted.</param>
    public (int Height, int Width) CoveredSize(PaintSettings painting)
    {
        BoundingBox part = Part(Height, Width, painting) ?? new(0, 0, Width, Height);
        return (part.Height, part.Width);
    }

    /// <summary>The part of the copy that a mask covers; null for all of it.</summary>
    /// <param name="painting">How the mask was fitted.</param>
    public BoundingBox? Part(PaintSettings painting) => Part(Shown.Height, Shown.Width, painting);

    private static BoundingBox? Part(int height, int width, PaintSettings painting)
    {
        if (painting.Fit == ImageFit.Pad)
        {
            return null;
        }

        var fitted = new FittedImage(height, width, painting.ModelHeight, painting.ModelWidth, painting.Fit);
        return new BoundingBox(fitted.CoveredLeft, fitted.CoveredTop, fitted.CoveredWidth, fitted.CoveredHeight);
    }
}
