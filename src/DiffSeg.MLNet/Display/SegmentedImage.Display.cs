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
    /// read.
    /// </summary>
    /// <returns>A PNG file; its longer side has at most 640 pixels.</returns>
    /// <exception cref="InvalidOperationException">The mask's size is not known or does not fit it.</exception>
    public byte[] ToPng() => Look(PictureCopy.OfFile(ImagePath, LongestSide)).ToPng();

    /// <summary>The picture of <see cref="ToPng"/> with a table of the largest segments and the path.</summary>
    /// <returns>A fragment of HTML, as <see cref="IDisplay.ToHtml"/> says.</returns>
    /// <exception cref="InvalidOperationException">The mask's size is not known or does not fit it.</exception>
    public string ToHtml()
    {
        Picture? picture = PictureCopy.OfFile(ImagePath, LongestSide);
        string caption = picture is null ? $"{ImagePath} (the file is not there or cannot be read)" : ImagePath;
        return new Strip((caption, Look(picture))) { ItemSide = LongestSide }.ToHtml();
    }

    private MaskDisplay Look(Picture? picture) => Mask.Length > 0 && Mask.Length == (long)MaskHeight * MaskWidth
        ? new MaskDisplay(Mask, MaskHeight, MaskWidth, picture)
        : throw new InvalidOperationException(
            $"The mask of '{ImagePath}' has {Mask.Length} labels, its size is {MaskHeight} x {MaskWidth}. The chain writes both "
            + "with MaskColumns.Size; a row of one's own needs Mask, MaskHeight and MaskWidth.");
}
