using Microsoft.ML;

namespace DiffSeg.MLNet.Mapping;

/// <summary>The values of a vector where they lie; valid until the row moves or the getter is called again.</summary>
internal delegate ReadOnlySpan<float> LoanGetter();

/// <summary>Height and width of a row's picture in pixels; null for a row without one.</summary>
internal delegate (int Height, int Width)? PictureSizeGetter();

/// <summary>
/// A row of ours that a step of ours may read without copying: attention is 64 MiB and more a row, and of the picture
/// only its size is wanted.
/// </summary>
internal interface ILendingRow
{
    /// <summary>Reads a vector column in place; null when the row can only copy it.</summary>
    LoanGetter? Lend(DataViewSchema.Column column);

    /// <summary>Reads the size of a picture column; null when the row knows it only with the picture.</summary>
    PictureSizeGetter? Measure(DataViewSchema.Column picture);
}
