using DiffSeg.MLNet.Display;
using DiffSeg.MLNet.Painting;
using Microsoft.ML;

namespace DiffSeg.MLNet;

public sealed partial class SegmentationCatalog
{
    /// <summary>Pictures of the first rows with their masks over them, to be looked at in a notebook or on a page.</summary>
    /// <param name="data">The data, as a mask transformer gives it. Its first rows are read once, in order.</param>
    /// <param name="rows">How many rows to show, at least 1; fewer where the data has fewer.</param>
    /// <param name="imageColumnName">Paths of picture files, or images.</param>
    /// <param name="maskColumnName">The masks.</param>
    /// <param name="captionColumnName">Texts to stand beneath the pictures; null for the files' names or the rows' numbers.</param>
    /// <param name="statusColumnName">
    /// Why rows have no mask, text, empty for those that have one; null for the column named after the masks'
    /// (<see cref="MaskColumns.Status"/>), where the data has it.
    /// </param>
    /// <param name="pictureSide">The longer side of each picture has at most these pixels, at least 16.</param>
    /// <param name="painting">
    /// How the masks lie on their pictures (with <see cref="ImageFit.Crop"/> on the centre) and are painted, as for
    /// <c>PaintMask</c>; null for the defaults, with which they cover all of them.
    /// </param>
    /// <param name="imageFolder">Folder that the paths start from; empty for the working folder.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>
    /// The gallery. A row whose file is gone shows its mask alone, and its caption says so; one without a mask shows a card with
    /// the reason, and its picture is not asked for.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is out of range, or a column is missing or of another type.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// The size of a mask is not known or does not fit it, or a row has neither a mask nor a reason.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Gallery Gallery(
        IDataView data,
        int rows = 12,
        string imageColumnName = "ImagePath",
        string maskColumnName = "Mask",
        string? captionColumnName = null,
        string? statusColumnName = null,
        int pictureSide = 288,
        PaintMaskOptions? painting = null,
        string imageFolder = "",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentException.ThrowIfNullOrEmpty(imageColumnName);
        ArgumentException.ThrowIfNullOrEmpty(maskColumnName);
        ArgumentOutOfRangeException.ThrowIfLessThan(pictureSide, 16);
        ArgumentNullException.ThrowIfNull(imageFolder);
        PaintSettings settings = PaintSettings.From(nameof(Gallery), imageColumnName, maskColumnName, painting ?? new());
        GalleryColumns columns = GalleryColumns.Of(data.Schema, maskColumnName, imageColumnName, captionColumnName, statusColumnName);
        return new Gallery(GalleryRows.Read(data, columns, settings, imageFolder, rows, pictureSide, cancellationToken), pictureSide);
    }
}
