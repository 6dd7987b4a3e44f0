using DiffSeg.Display;
using DiffSeg.Display.Notebooks;
using DiffSeg.MLNet.Display;
using DiffSeg.Pictures;

namespace DiffSeg.MLNet;

[TypeFormatterSource]
public partial class SegmentedImage : IDisplay
{
    private const int LongestSide = 640;

    /// <summary>
    /// The mask over the picture in the file, all of which it is taken to cover; alone where the file is gone or cannot be
    /// read. A row that failed (<see cref="MaskColumns.Status"/>) shows a card that says so.
    /// </summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    /// <exception cref="InvalidOperationException">The mask's size is not known or does not fit it.</exception>
    public byte[] ToPng() => HasNoMask ? NoMask.ToPng() : Look(GalleryPicture.OfFile(ImagePath, LongestSide)?.Shown).ToPng();

    /// <summary>The picture of <see cref="ToPng"/> with a table of the largest segments and the path.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    /// <exception cref="InvalidOperationException">The mask's size is not known or does not fit it.</exception>
    public string ToHtml()
    {
        if (HasNoMask)
        {
            return new Strip((ImagePath, NoMask)).ToHtml();
        }

        Picture? picture = GalleryPicture.OfFile(ImagePath, LongestSide)?.Shown;
        string caption = picture is null ? $"{ImagePath} (the file is not there or cannot be read)" : ImagePath;
        return new Strip((caption, Look(picture))) { ItemSide = LongestSide }.ToHtml();
    }

    private static DisplayNote NoMask => new("no mask: the row failed, and its status column (MaskStatus) says why");

    private MaskDisplay Look(Picture? picture) => Mask.Length > 0 && Mask.Length == (long)MaskHeight * MaskWidth
        ? new MaskDisplay(Mask, MaskHeight, MaskWidth, picture)
        : throw new InvalidOperationException(
            $"The mask of '{ImagePath}' has {Mask.Length} labels, its size is {MaskHeight} x {MaskWidth}. The chain writes both "
            + "with MaskColumns.Size; a row of one's own needs Mask, MaskHeight and MaskWidth.");
}
