using DiffSeg.Pictures.Files;

namespace DiffSeg.Pictures;

/// <summary>The size of a picture file, from its header: pictures themselves are decoded elsewhere.</summary>
internal static class PictureSize
{
    /// <summary>Height and width of a JPEG, PNG, GIF, BMP or WebP; null for other files, missing and damaged ones.</summary>
    /// <param name="path">The file.</param>
    public static (int Height, int Width)? Of(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            var bytes = new PictureBytes(file);
            (int Height, int Width)? size = PictureKind.Of(bytes.Head)?.FindSize(bytes);
            return size is { Height: > 0, Width: > 0 } ? size : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
