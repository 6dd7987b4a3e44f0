using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.Data;

namespace DiffSeg.MLNet.Images;

/// <summary>
/// What stands in the place of a picture that cannot be had: a black pixel, marked. ML.NET's ResizeImages leaves the disposed
/// picture of the row before where there is none, and ExtractPixels then throws in the middle of other people's rows.
/// </summary>
internal static class MissingPicture
{
    private const string Mark = "DiffSeg.MissingPicture";

    public static MLImage Make()
    {
        MLImage picture = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, [0, 0, 0, 255]);
        picture.Tag = Mark;
        return picture;
    }

    /// <summary>Whether there is no picture: null, or the mark.</summary>
    public static bool Is([NotNullWhen(false)] MLImage? picture) => picture is null || IsMarked(picture);

    /// <summary>Whether it stands for a picture of whose absence a status tells, unlike null, of which nobody says anything.</summary>
    public static bool IsMarked([NotNullWhen(true)] MLImage? picture) => picture?.Tag == Mark;
}
