using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Output;

/// <summary>The contact sheet of a run: its overlays in small, four in a row.</summary>
/// <param name="file">Where to; owned from here on.</param>
internal sealed class ContactSheetFile(AtomicFile file) : IDisposable
{
    /// <summary>
    /// Pictures on the sheet at most: more would neither fit a screen nor, by the thousand, the memory.
    /// </summary>
    public const int MostPictures = 200;

    private readonly ContactSheet _sheet = new(columns: 4, cellHeight: 225, cellWidth: 300);

    /// <summary>Adds an overlay, in small; those after the last that fits are left out.</summary>
    /// <param name="overlay">The overlay; not kept.</param>
    public void Add(MLImage overlay)
    {
        if (_sheet.Count < MostPictures)
        {
            PixelOrder order = overlay.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
            _sheet.Add(overlay.Pixels, overlay.Height, overlay.Width, order);
        }
    }

    /// <summary>Writes the sheet and gives it its name; without pictures there is none.</summary>
    public void Complete()
    {
        if (_sheet.Count == 0)
        {
            return;
        }

        using MLImage image = MLImage.CreateFromPixels(_sheet.Width, _sheet.Height, MLPixelFormat.Rgba32, _sheet.Render());
        image.Save(file.TemporaryPath);
        file.Commit();
    }

    /// <summary>Drops the sheet if it was not completed.</summary>
    public void Dispose() => file.Dispose();
}
