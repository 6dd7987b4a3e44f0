using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Output;

/// <summary>Writes what a run leaves behind: masks, overlays, and if asked for one COCO file and one contact sheet.</summary>
internal sealed class ResultFiles : IDisposable
{
    private readonly OutputFolder _folder;
    private readonly Dictionary<InputImage, string> _stems = [];
    private readonly CocoFile? _coco;
    private readonly ContactSheetFile? _contactSheet;

    /// <summary>Prepares names and files.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="images">All pictures of the run: their names are shared out beforehand.</param>
    /// <param name="output">What to write.</param>
    public ResultFiles(OutputFolder folder, IReadOnlyList<InputImage> images, OutputSettings output)
    {
        _folder = folder;
        IReadOnlyList<string> stems = OutputNames.For(images);
        for (int i = 0; i < images.Count; i++)
        {
            _stems[images[i]] = stems[i];
        }

        _coco = output.Coco ? new CocoFile(folder.File(OutputNames.Coco), images) : null;
        _contactSheet = output.ContactSheet ? new ContactSheetFile(folder.File(OutputNames.ContactSheet)) : null;
    }

    /// <summary>
    /// Writes the files of one picture, each whole or not at all. The mask appears last: where it is, the overlay is.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="result">Its mask and overlay.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(InputImage image, SegmentedImage result)
    {
        string stem = _stems[image];
        using AtomicFile mask = _folder.File(stem + OutputNames.Mask);
        using (FileStream stream = mask.Create())
        {
            LabelPng.Write(stream, result.Labels.Span, result.Height, result.Width);
        }

        if (result.Overlay is { } painted)
        {
            using AtomicFile overlay = _folder.File(stem + OutputNames.Overlay);
            Save(painted, overlay);
            overlay.Commit();
            _contactSheet?.Add(painted);
        }

        mask.Commit();
        _coco?.Add(image, result);
    }

    /// <summary>Finishes the files of the whole run.</summary>
    public void Complete()
    {
        _coco?.Complete();
        _contactSheet?.Complete();
    }

    /// <summary>Drops what was not completed.</summary>
    public void Dispose()
    {
        _coco?.Dispose();
        _contactSheet?.Dispose();
    }

    private static void Save(MLImage image, AtomicFile file) => image.Save(file.TemporaryPath);
}
