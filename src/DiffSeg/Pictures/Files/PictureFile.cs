using System.Globalization;
using DiffSeg.Pictures.Files;

namespace DiffSeg.Pictures;

/// <summary>
/// A look at a picture file before it is decoded: what a decoder would refuse without saying why, fill up with grey, or
/// unpack to gigabytes is found here and said in plain words.
/// </summary>
/// <remarks>
/// Of a JPEG, PNG, GIF, BMP or WebP the header and the order of its parts are read, not the picture itself: bytes that are
/// wrong within a part are left to the decoder. Other kinds are refused, since nothing tells their size.
/// </remarks>
public static class PictureFile
{
    /// <summary>What is wrong with a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limits">What it may ask for; null for the defaults.</param>
    /// <returns>Null when nothing is seen.</returns>
    public static PictureProblem? Problem(string path, PictureLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            // A pipe has no length, and opening it waits for somebody to write.
            if (Length(path) == 0)
            {
                return new(PictureFault.Empty, "is empty");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            return Problem(file, limits);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return OfName(path, problem);
        }
    }

    /// <summary>What is wrong with the picture in a stream.</summary>
    /// <param name="picture">The whole file, in a stream that can seek; its position is put back.</param>
    /// <param name="limits">What it may ask for; null for the defaults.</param>
    /// <returns>Null when nothing is seen.</returns>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static PictureProblem? Problem(Stream picture, PictureLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!picture.CanSeek)
        {
            throw new ArgumentException("The stream of a picture must be one that can seek: copy it into a MemoryStream first.", nameof(picture));
        }

        long position = picture.Position;
        try
        {
            return Problem(new PictureBytes(picture), limits ?? PictureLimits.Default);
        }
        finally
        {
            picture.Position = position;
        }
    }

    private static PictureProblem? Problem(PictureBytes file, PictureLimits limits)
    {
        if (file.Length == 0)
        {
            return new(PictureFault.Empty, "is empty");
        }

        if (file.Length > limits.MaxFileBytes)
        {
            return TooLarge($"has {file.Length:N0} bytes, more than the limit of {limits.MaxFileBytes:N0}");
        }

        ReadOnlySpan<byte> head = file.Head;
        if (PictureKind.Of(head) is not { } kind)
        {
            return new(PictureFault.Unsupported, OtherKind.Of(head));
        }

        if (kind.FindBreak(file) is { } problem)
        {
            return problem;
        }

        return kind.FindSize(file) switch
        {
            not { Height: > 0, Width: > 0 } => new(PictureFault.Damaged, $"is damaged: the {kind.Name} gives no size"),
            var (height, width) when (long)height * width > limits.MaxPixels => TooLarge(
                $"is {width:N0} x {height:N0} pixels, more than the limit of {limits.MaxPixels:N0} in all"),
            _ => null,
        };
    }

    private static PictureProblem TooLarge(FormattableString text)
        => new(PictureFault.TooLarge, text.ToString(CultureInfo.InvariantCulture));

    private static long Length(string path)
    {
        var file = new FileInfo(path);
        return file.LinkTarget is null ? file.Length : ((FileInfo)file.ResolveLinkTarget(returnFinalTarget: true)!).Length;
    }

    // The system's own words hold the full path, which says more about the machine than about the picture.
    private static PictureProblem OfName(string path, Exception problem) => problem switch
    {
        _ when Directory.Exists(path) => new(PictureFault.Denied, "is a folder, not a picture"),
        FileNotFoundException or DirectoryNotFoundException => new(PictureFault.Missing, "is not there"),
        UnauthorizedAccessException => new(PictureFault.Denied, "may not be read: permission is denied"),
        PathTooLongException => new(PictureFault.Denied, "has a path that is too long"),
        ArgumentException or NotSupportedException => new(PictureFault.Denied, "has a name that no file can have"),
        _ when IsLink(path) => new(PictureFault.Denied, "is a link that leads nowhere"),
        _ => new(PictureFault.Unreadable, "cannot be read: " + WithoutPath(problem.Message, path)),
    };

    private static string WithoutPath(string message, string path)
        => message.Replace($" : '{Path.GetFullPath(path)}'", "", StringComparison.Ordinal).ReplaceLineEndings(" ").Trim();

    private static bool IsLink(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget is not null;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
