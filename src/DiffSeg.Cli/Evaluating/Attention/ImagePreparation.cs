using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;
using DiffSeg.Onnx;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>Reads a picture and its ground truth, and makes what the model takes.</summary>
/// <param name="model">The model.</param>
/// <param name="compared">What of each picture is compared.</param>
internal sealed class ImagePreparation(AttentionModel model, ComparedSize compared)
{
    /// <summary>What says how pictures are prepared, for keys of what is kept.</summary>
    public string Key =>
        $"{(compared.Fit == ImageFit.Crop ? "square" : "pad")}-{model.ImageWidth}x{model.ImageHeight}-{ModelPixels.Version}";

    /// <summary>Reads picture and ground truth. What goes wrong is in the result.</summary>
    /// <param name="work">Which picture.</param>
    public EncodedImage Read(ImageWork work)
    {
        if (PictureFile.Problem(work.Sample.ImagePath) is { } seen)
        {
            return new EncodedImage(work) { FileProblem = seen.Text };
        }

        try
        {
            IReadOnlyList<LabelMap> truth = work.Sample.ReadLabelMaps();
            PictureBytes picture = PictureBytes.Read(work.Sample.ImagePath);
            return new EncodedImage(work)
            {
                Picture = picture,
                Truth = truth,
                Placement = PicturePlacement.Of(
                    compared.Part(picture.Height, picture.Width), compared.Fit, model.ImageHeight, model.ImageWidth),
                FileProblem = SizeProblem(truth[0], picture),
            };
        }
        catch (Exception problem)
        {
            return new EncodedImage(work) { Problem = problem };
        }
    }

    /// <summary>What the model takes, [3, H, W].</summary>
    /// <param name="image">The picture.</param>
    public float[] Pixels(EncodedImage image) =>
        ModelPixels.Of(image.Picture, image.Placement, model.ImageHeight, model.ImageWidth);

    // The reader of label maps compares sizes where it knows the picture's kind.
    private static string? SizeProblem(LabelMap truth, PictureBytes picture) =>
        (truth.Height, truth.Width) == (picture.Height, picture.Width)
            ? null
            : $"its label map is {truth.Width} x {truth.Height}, the picture {picture.Width} x {picture.Height}; they must be of one size";
}
