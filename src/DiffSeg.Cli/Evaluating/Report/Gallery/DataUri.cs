using DiffSeg.Cli.Output;
using DiffSeg.Pictures;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Evaluating.Report.Gallery;

/// <summary>A picture file inside the page, made small.</summary>
internal static class DataUri
{
    /// <summary>Bytes of a picture at most; with <see cref="GalleryGroup.Size"/> it bounds the weight of the page.</summary>
    public const int MostBytes = 56 << 10;

    // The first that fits into the bytes: the last one does whatever the picture.
    private static readonly int[] Sides = [256, 192, 128, 64];

    /// <summary>The picture.</summary>
    /// <param name="folder">The folder of the report, which it must lie in.</param>
    /// <param name="name">Its path from there.</param>
    /// <returns>"data:image/...", or null when there is no picture that can be read.</returns>
    public static string? Of(string folder, string? name)
    {
        if (name is null || PathIn(folder, name) is not { } path || !File.Exists(path))
        {
            return null;
        }

        try
        {
            if (new FileInfo(path).Length <= MostBytes && File.ReadAllBytes(path) is var bytes && KindOf(bytes) is { } kind)
            {
                return Text(kind, bytes);
            }

            using MLImage image = MLImage.CreateFromFile(path);
            (string type, byte[] small) = Sides.Select(side => Shrunk(folder, image, side)).First(shrunk => shrunk.Bytes.Length <= MostBytes);
            return Text(type, small);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            // The page is worth having without it, and says that it is missing.
            return null;
        }
    }

    // The lighter form: PNG for flat colours, JPEG for photos.
    private static (string Type, byte[] Bytes) Shrunk(string folder, MLImage image, int side)
    {
        double scale = Math.Min(1, (double)side / Math.Max(image.Width, image.Height));
        var sheet = new ContactSheet(1, Math.Max(1, (int)Math.Round(image.Height * scale)), Math.Max(1, (int)Math.Round(image.Width * scale)), gap: 0);
        sheet.Add(image.Pixels, image.Height, image.Width, image.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32);
        using MLImage small = MLImage.CreateFromPixels(sheet.Width, sheet.Height, MLPixelFormat.Rgba32, sheet.Render());
        byte[] png = Encoded(folder, small, "png"), jpeg = Encoded(folder, small, "jpg");
        return png.Length <= jpeg.Length ? ("png", png) : ("jpeg", jpeg);
    }

    // ML.NET writes pictures to files only.
    private static byte[] Encoded(string folder, MLImage image, string extension)
    {
        using var file = new AtomicFile(Path.Combine(folder, $"small.{extension}"));
        image.Save(file.TemporaryPath);
        return File.ReadAllBytes(file.TemporaryPath);
    }

    private static string? PathIn(string folder, string name)
    {
        string path = Path.GetFullPath(name, Path.GetFullPath(folder));
        string relative = Path.GetRelativePath(folder, path);
        return Path.IsPathRooted(relative) || relative.Split(Path.DirectorySeparatorChar)[0] == ".." ? null : path;
    }

    private static string? KindOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "png",
        _ => null,
    };

    private static string Text(string kind, byte[] bytes) => $"data:image/{kind};base64,{Convert.ToBase64String(bytes)}";
}
