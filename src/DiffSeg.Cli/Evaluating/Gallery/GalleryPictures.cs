using DiffSeg.Cli.Evaluating.Journal;
using DiffSeg.Cli.Evaluating.Pictures;
using DiffSeg.Cli.Evaluating.Report.Results;
using DiffSeg.Cli.Evaluating.Running;
using DiffSeg.Cli.Output;
using DiffSeg.MLNet;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Evaluating.Gallery;

/// <summary>Draws the pictures of the report's gallery: photo, ground truth, mask, and the mask over the photo.</summary>
/// <param name="folder">The folder of the report.</param>
/// <param name="folders">Where the masks of the main run are.</param>
/// <param name="draft">How was compared.</param>
internal sealed class GalleryPictures(string folder, IReadOnlyList<string> folders, EvaluationResult draft)
{
    private const string Name = "pictures";

    private readonly ComparedSize _compared = new(draft.Protocol.Crop is null ? ImageFit.Pad : ImageFit.Crop);

    /// <summary>Draws those of an image.</summary>
    /// <param name="entry">The image in the main run.</param>
    /// <returns>The pictures; null for those whose files are not there any more.</returns>
    public ImagePictures? Write(JournalEntry entry)
    {
        string id = entry.Image;
        if (folders.FirstOrDefault(found => File.Exists(MaskFiles.MaskOf(found, id)) && File.Exists(MaskFiles.TruthOf(found, id))) is not { } there)
        {
            return null;
        }

        LabelImage mask = Read(MaskFiles.MaskOf(there, id)), truth = Read(MaskFiles.TruthOf(there, id));
        (ushort[] found, ushort[] wanted) = Colouring.Of(mask, truth, draft.DataSet.Classes.Count, draft.Protocol.Matching);
        PictureBytes? photo = Photo(entry.Photo, mask.Height, mask.Width);
        Directory.CreateDirectory(Path.Combine(folder, Name));
        return new ImagePictures(
            photo is null ? null : Save($"{id}.photo.jpg", photo.Pixels, mask, photo.Order),
            Save($"{id}.truth.png", Colouring.Paint(wanted), mask),
            Save($"{id}.mask.png", Colouring.Paint(found), mask),
            photo is null ? null : Save($"{id}.overlay.jpg", Over(photo, found, mask), mask, photo.Order));
    }

    private static LabelImage Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return LabelPng.Read(file);
    }

    private static byte[] Over(PictureBytes photo, ushort[] labels, LabelImage mask)
    {
        var painted = new byte[photo.Pixels.Length];
        MaskOverlay.Paint(photo.Pixels, labels, mask.Height, mask.Width, photo.Order, painted);
        return painted;
    }

    // The part that was compared, at the mask's size. The data set may be elsewhere by now.
    private PictureBytes? Photo(string? path, int height, int width)
    {
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        try
        {
            PictureBytes whole = PictureBytes.Read(path);
            return whole.Cut(_compared.Part(whole.Height, whole.Width)).Resized(height, width);
        }
        catch (Exception problem) when (problem is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Save(string name, byte[] pixels, LabelImage size, PixelOrder order = PixelOrder.Rgba32)
    {
        using var file = new AtomicFile(Path.Combine(folder, Name, name));
        using (MLImage image = MLImage.CreateFromPixels(size.Width, size.Height, order == PixelOrder.Rgba32 ? MLPixelFormat.Rgba32 : MLPixelFormat.Bgra32, pixels))
        {
            image.Save(file.TemporaryPath);
        }

        file.Commit();
        return $"{Name}/{name}";
    }
}
