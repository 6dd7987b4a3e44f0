using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Cli.Viewing.Encoded;
using DiffSeg.Pictures;
using Microsoft.AspNetCore.Http;

namespace DiffSeg.Cli.Viewing;

/// <summary>The masks that "diffseg segment" has written for these pictures.</summary>
internal sealed class StoredMasks
{
    private readonly string[] _paths;

    /// <summary>Knows where they would be.</summary>
    /// <param name="images">The pictures.</param>
    /// <param name="folder">Where the masks are; null for the folder of each picture.</param>
    public StoredMasks(IReadOnlyList<InputImage> images, string? folder) => _paths =
    [
        .. OutputNames.For(images).Select((stem, i) => Path.Combine(folder ?? Path.GetDirectoryName(images[i].Path)!, stem + OutputNames.Mask)),
    ];

    /// <summary>The file of a picture's mask; null when there is none.</summary>
    /// <param name="picture">Number of the picture.</param>
    public string? Find(int picture) => File.Exists(_paths[picture]) ? _paths[picture] : null;

    /// <summary>Reads a picture's mask.</summary>
    /// <param name="picture">Number of the picture.</param>
    /// <exception cref="ViewProblem">There is none, or it cannot be read.</exception>
    public MaskAnswer Read(int picture)
    {
        string path = Find(picture) ?? throw new ViewProblem(StatusCodes.Status404NotFound, "There is no stored mask of this picture.");
        try
        {
            using FileStream file = File.OpenRead(path);
            LabelImage mask = LabelPng.Read(file);
            return new MaskAnswer(
                mask.Height, mask.Width, LabelRuns.Of(mask.Labels),
                MaskAnswer.Describe(SegmentTable.Measure(mask.Labels, mask.Height, mask.Width), mask.Labels.Length),
                new SizeAnswer(mask.Height, mask.Width), new Part(0, 0, mask.Height, mask.Width));
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new ViewProblem(StatusCodes.Status422UnprocessableEntity, $"The stored mask {Path.GetFileName(path)} cannot be read: {problem.Message}");
        }
    }
}
