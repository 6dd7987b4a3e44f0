namespace DiffSeg.MLNet.Masks;

/// <summary>
/// The error of a row without a picture: ML.NET's LoadImages gives none, and no error, for an empty path.
/// </summary>
internal static class NoPicture
{
    public static InvalidOperationException In(string column)
        => new($"Column '{column}' holds no picture; an empty path loads none.");
}
