using DiffSeg.MLNet.Masks;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace DiffSeg.MLNet.Chain;

/// <summary>From a column of pictures to the column that the model takes, by ML.NET's own steps.</summary>
internal static class PixelSteps
{
    /// <summary>Puts them behind other steps.</summary>
    /// <param name="steps">The steps before; none of them may be there.</param>
    /// <param name="catalog">Makes the steps.</param>
    /// <param name="settings">The size of the model's input, and how pictures are fitted to it.</param>
    /// <param name="pictureColumn">Column of the pictures.</param>
    /// <param name="resizedColumn">Column for the pictures in the model's size.</param>
    /// <param name="pixelsColumn">Column for their values, in [-1, 1].</param>
    public static EstimatorChain<ITransformer> Append(
        EstimatorChain<ITransformer> steps, TransformsCatalog catalog, MaskSettings settings, string pictureColumn,
        string resizedColumn, string pixelsColumn)
        => steps
            .Append<ITransformer>(catalog.ResizeImages(
                resizedColumn, settings.ModelWidth, settings.ModelHeight, pictureColumn, Resizing(settings.Fit)))
            .Append<ITransformer>(catalog.ExtractPixels(
                pixelsColumn, resizedColumn, offsetImage: 127.5f, scaleImage: 1 / 127.5f));

    private static ImageResizingEstimator.ResizingKind Resizing(ImageFit fit) => fit == ImageFit.Pad
        ? ImageResizingEstimator.ResizingKind.IsoPad
        : ImageResizingEstimator.ResizingKind.IsoCrop;
}
