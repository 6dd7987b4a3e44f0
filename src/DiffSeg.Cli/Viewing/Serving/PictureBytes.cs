using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Viewing.Answers;
using DiffSeg.Pictures;
using Microsoft.AspNetCore.Http;
using Microsoft.ML.Data;

namespace DiffSeg.Cli.Viewing.Serving;

/// <summary>A picture for the browser: the same pixels that the model saw.</summary>
internal static class PictureBytes
{
    private const int HeadLength = 8;

    /// <summary>
    /// Sends it: the file itself where any browser shows it as ML.NET decodes it, as PNG otherwise. Of a GIF, say, the model
    /// has seen the first frame.
    /// </summary>
    /// <param name="image">The picture.</param>
    /// <param name="response">Where to.</param>
    /// <param name="cancellationToken">Ends the sending.</param>
    /// <exception cref="ViewProblem">It cannot be shown.</exception>
    public static async Task SendAsync(InputImage image, HttpResponse response, CancellationToken cancellationToken)
    {
        BrokenPicture.Check(image);
        if (TypeOf(image.Path) is { } type)
        {
            response.ContentType = type;
            await response.SendFileAsync(image.Path, cancellationToken).ConfigureAwait(false);
            return;
        }

        byte[] png = AsPng(image);
        response.ContentType = "image/png";
        response.ContentLength = png.Length;
        await response.Body.WriteAsync(png, cancellationToken).ConfigureAwait(false);
    }

    // By its first bytes: names lie.
    private static string? TypeOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[HeadLength];
        return head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)] switch
        {
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A] => "image/png",
            _ => null,
        };
    }

    private static byte[] AsPng(InputImage picture)
    {
        try
        {
            using MLImage image = MLImage.CreateFromFile(picture.Path);
            using var bytes = new MemoryStream();
            PixelOrder order = image.PixelFormat == MLPixelFormat.Rgba32 ? PixelOrder.Rgba32 : PixelOrder.Bgra32;
            PicturePng.Write(bytes, image.Pixels, image.Height, image.Width, order);
            return bytes.ToArray();
        }
        catch (ArgumentException problem)
        {
            throw BrokenPicture.Problem(picture, problem);
        }
    }
}
