using DiffSeg.Cli.Output;
using DiffSeg.Evaluation;
using DiffSeg.Pictures;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>The masks of the main run and the ground truths that they were compared with, a label picture each.</summary>
internal static class MaskFiles
{
    /// <summary>Where the mask of an image is.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="image">The image.</param>
    public static string MaskOf(string folder, string image) => Path.Combine(folder, "masks", image + OutputNames.Mask);

    /// <summary>Where the ground truth of an image is, the first annotator's.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="image">The image.</param>
    public static string TruthOf(string folder, string image) => Path.Combine(folder, "masks", image + ".truth.png");

    /// <summary>Writes both, each whole or not at all.</summary>
    /// <param name="folder">The folder of results.</param>
    /// <param name="image">The image.</param>
    /// <param name="mask">Its mask.</param>
    /// <param name="truth">The ground truth, of the mask's size.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public static void Write(string folder, string image, Segmentation mask, LabelMap truth)
    {
        Write(TruthOf(folder, image), truth.Classes, truth.Height, truth.Width);
        Write(MaskOf(folder, image), mask.Labels, mask.Height, mask.Width);
    }

    private static void Write(string path, ReadOnlySpan<ushort> labels, int height, int width)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new AtomicFile(path);
        using (FileStream stream = file.Create())
        {
            LabelPng.Write(stream, labels, height, width);
        }

        file.Commit();
    }
}
