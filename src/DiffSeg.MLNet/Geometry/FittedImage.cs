using DiffSeg.DataSets;

namespace DiffSeg.MLNet.Geometry;

/// <summary>
/// Where ML.NET's ResizeImages puts a picture on the model's input, in the same single-precision arithmetic with the
/// same truncations, and which part of the picture the mask covers.
/// </summary>
internal readonly record struct FittedImage
{
    /// <param name="imageHeight">Height of the picture in pixels.</param>
    /// <param name="imageWidth">Width of the picture in pixels.</param>
    /// <param name="modelHeight">Height of the model's input.</param>
    /// <param name="modelWidth">Width of the model's input.</param>
    /// <param name="fit">IsoPad or IsoCrop, centred.</param>
    public FittedImage(int imageHeight, int imageWidth, int modelHeight, int modelWidth, ImageFit fit)
    {
        float widthAspect = (float)modelWidth / imageWidth;
        float heightAspect = (float)modelHeight / imageHeight;
        bool tall = heightAspect < widthAspect;
        float aspect = tall == (fit == ImageFit.Pad) ? heightAspect : widthAspect;
        // The axis that is not filled exactly is centred: to the right of a bar, or beginning outside the input.
        bool sideways = tall == (fit == ImageFit.Pad);
        Left = sideways ? (int)((modelWidth - (imageWidth * aspect)) / 2) : 0;
        Top = sideways ? 0 : (int)((modelHeight - (imageHeight * aspect)) / 2);
        Width = (int)(imageWidth * aspect);
        Height = (int)(imageHeight * aspect);
        if (Width < 1 || Height < 1)
        {
            throw new InvalidOperationException(
                $"A picture of {imageWidth}x{imageHeight} pixels is too narrow: fitted to the model's "
                + $"{modelWidth}x{modelHeight} it has no pixel left. Cut it into pieces, or fit it with Crop.");
        }

        CoveredHeight = imageHeight;
        CoveredWidth = imageWidth;
        if (fit == ImageFit.Crop)
        {
            // What the published protocol cuts out, so that masks and label maps are of the same pixels. ResizeImages rounds
            // its own cut, which differs from this one by less than a pixel of the model's input.
            var centre = new LabelMapGeometry { Crop = (modelHeight, modelWidth) };
            (CoveredTop, CoveredLeft, CoveredHeight, CoveredWidth) = centre.Covered(imageHeight, imageWidth);
        }

        ScaleY = Height / (double)imageHeight;
        ScaleX = Width / (double)imageWidth;
    }

    /// <summary>Upper edge of the scaled picture on the model's input, in its pixels; negative when cropped.</summary>
    public int Top { get; }

    /// <summary>Left edge of the scaled picture on the model's input, in its pixels; negative when cropped.</summary>
    public int Left { get; }

    /// <summary>Height of the scaled picture in pixels of the model's input.</summary>
    public int Height { get; }

    /// <summary>Width of the scaled picture in pixels of the model's input.</summary>
    public int Width { get; }

    /// <summary>First row of the picture that the mask covers.</summary>
    public int CoveredTop { get; }

    /// <summary>First column of the picture that the mask covers.</summary>
    public int CoveredLeft { get; }

    /// <summary>Rows of the picture that the mask covers.</summary>
    public int CoveredHeight { get; }

    /// <summary>Columns of the picture that the mask covers.</summary>
    public int CoveredWidth { get; }

    /// <summary>Pixels of the model's input per row of the picture.</summary>
    public double ScaleY { get; }

    /// <summary>Pixels of the model's input per column of the picture.</summary>
    public double ScaleX { get; }
}
