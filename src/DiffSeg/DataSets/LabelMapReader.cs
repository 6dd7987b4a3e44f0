using DiffSeg.DataSets.Matlab;
using DiffSeg.Evaluation;
using DiffSeg.Pictures;

namespace DiffSeg.DataSets;

/// <summary>
/// Reads ground truth: index pictures (PNG of 1 to 16 bits, grey or with a palette), colour-coded pictures, figure/ground
/// masks, and the segmentations of BSDS500's .mat files.
/// </summary>
public static class LabelMapReader
{
    private const string MatlabExtension = ".mat";

    /// <summary>Reads a label map.</summary>
    /// <param name="path">Path of a PNG or of a .mat file of BSDS500.</param>
    /// <param name="classes">
    /// What stands for which class; null takes the values of the file as they are, as for segments without a class.
    /// </param>
    /// <param name="geometry">What of it to take, at what size; null for all of it in its own pixels.</param>
    /// <param name="imagePath">The image, whose size is compared with the label map's; null to leave that out.</param>
    /// <returns>A label map for each annotator; for a PNG it is one.</returns>
    /// <exception cref="LabelMapException">The file cannot be used; the message says why.</exception>
    public static IReadOnlyList<LabelMap> Read(
        string path, ClassTable? classes = null, LabelMapGeometry? geometry = null, string? imagePath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        LabelMap[] maps = Guarded(path, () => IsMatlab(path) ? ReadMatlab(path, classes) : [ReadPng(path, classes)]);
        if (imagePath is not null && PictureSize.Of(imagePath) is { } image)
        {
            CheckSize(path, maps[0], imagePath, image);
        }

        return [.. maps.Select((geometry ?? LabelMapGeometry.Original).Apply)];
    }

    /// <summary>How many label maps <see cref="Read"/> gives for a file: one for each annotator.</summary>
    /// <param name="path">Path of a PNG or of a .mat file of BSDS500. Only the latter is opened, and not read to its end.</param>
    /// <returns>At least 1.</returns>
    /// <exception cref="LabelMapException">The file cannot be used; the message says why.</exception>
    public static int CountAnnotators(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return IsMatlab(path) ? Guarded(path, () => BerkeleyGroundTruth.CountAnnotators(File.ReadAllBytes(path))) : 1;
    }

    /// <exception cref="LabelMapException">The sizes differ.</exception>
    internal static void CheckSize(string path, LabelMap map, string imagePath, (int Height, int Width) image)
    {
        if ((map.Height, map.Width) != image)
        {
            throw new LabelMapException(
                path,
                $"The label map '{path}' is {map.Width} x {map.Height}, its image '{imagePath}' {image.Width} x {image.Height}. "
                + "They must be of one size: give the image that was labelled, not a resized copy.");
        }
    }

    private static bool IsMatlab(string path)
        => path.EndsWith(MatlabExtension, StringComparison.OrdinalIgnoreCase);

    private static LabelMap ReadPng(string path, ClassTable? classes)
    {
        using FileStream file = File.OpenRead(path);
        return PngLabels.Read(new PngReader(file), path, classes);
    }

    private static LabelMap[] ReadMatlab(string path, ClassTable? classes)
    {
        LabelMap[] segments = BerkeleyGroundTruth.Read(File.ReadAllBytes(path));
        return classes is null
            ? segments
            : [.. segments.Select(map => ClassLookup.Classes(map.Classes.ToArray(), map.Height, map.Width, classes, path, bits: 0))];
    }

    private static T Guarded<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LabelMapException(
                path, $"There is no label map '{path}' (looked for '{Path.GetFullPath(path)}').", problem);
        }
        catch (Exception problem) when (problem is InvalidDataException or UnauthorizedAccessException
            || (problem is IOException and not LabelMapException))
        {
            throw new LabelMapException(path, $"The label map '{path}' cannot be read: {problem.Message}", problem);
        }
    }
}
