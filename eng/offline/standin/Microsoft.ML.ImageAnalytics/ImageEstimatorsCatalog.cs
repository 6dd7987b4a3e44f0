using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML;

public static class ImageEstimatorsCatalog
{
    public static ImageLoadingEstimator LoadImages(
        this TransformsCatalog catalog, string outputColumnName, string? imageFolder, string? inputColumnName = null) =>
        new(new ImageLoadingTransformer(outputColumnName, inputColumnName, imageFolder));

    public static ImageResizingEstimator ResizeImages(
        this TransformsCatalog catalog, string outputColumnName, int imageWidth, int imageHeight,
        string? inputColumnName = null,
        ImageResizingEstimator.ResizingKind resizing = ImageResizingEstimator.ResizingKind.IsoCrop,
        ImageResizingEstimator.Anchor cropAnchor = ImageResizingEstimator.Anchor.Center) =>
        new(new ImageResizingTransformer(
            outputColumnName, inputColumnName, imageWidth, imageHeight, resizing, cropAnchor));

    public static ImagePixelExtractingEstimator ExtractPixels(
        this TransformsCatalog catalog, string outputColumnName, string? inputColumnName = null,
        ImagePixelExtractingEstimator.ColorBits colorsToExtract = ImagePixelExtractingEstimator.ColorBits.Rgb,
        ImagePixelExtractingEstimator.ColorsOrder orderOfExtraction = ImagePixelExtractingEstimator.ColorsOrder.ARGB,
        bool interleavePixelColors = false, float offsetImage = 0, float scaleImage = 1, bool outputAsFloatArray = true)
    {
        Guard.Argument(outputAsFloatArray, nameof(outputAsFloatArray),
            "The offline stand-in extracts single-precision numbers only.");
        return new(new ImagePixelExtractingTransformer(outputColumnName, inputColumnName, new PixelLayout(
            colorsToExtract, orderOfExtraction, interleavePixelColors, offsetImage, scaleImage)));
    }
}
