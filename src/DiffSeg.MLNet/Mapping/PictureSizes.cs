using DiffSeg.MLNet.Images;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Mapping;

/// <summary>Reads the size of a picture column: without the picture, where the row knows it.</summary>
internal static class PictureSizes
{
    public static PictureSizeGetter Of(DataViewRow input, DataViewSchema.Column column)
    {
        if ((input as ILendingRow)?.Measure(column) is { } known)
        {
            return known;
        }

        ValueGetter<MLImage> getter = input.GetGetter<MLImage>(column);
        MLImage? picture = null;
        return () =>
        {
            getter(ref picture!);
            return MissingPicture.Is(picture) ? null : (picture.Height, picture.Width);
        };
    }
}
