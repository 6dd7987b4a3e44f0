using DiffSeg.MLNet.Images;

namespace DiffSeg.MLNet.Masks;

/// <summary>
/// The error of a row without a picture: ML.NET's LoadImages gives none, and no error, for an empty path.
/// </summary>
internal static class NoPicture
{
    /// <param name="column">The column of pictures.</param>
    /// <param name="status">What the step that was to load the picture says; empty when nobody says anything.</param>
    public static Exception In(string column, string status = "") => status.Length > 0
        ? new PictureFileException(status)
        : new InvalidOperationException($"Column '{column}' holds no picture; an empty path loads none.");
}
