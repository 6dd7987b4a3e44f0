using System.Text;

namespace DiffSeg.Batches;

/// <summary>Ids of images as bytes: UTF-8 and a zero byte, as <c>find -print0</c> would list them.</summary>
internal static class ImageId
{
    private const string Advice = "Give each image an id of whole Unicode characters, none of them NUL.";

    // Half a surrogate pair would be replaced on its way to a file, and two ids could become one.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The bytes of an id.</summary>
    /// <param name="image">The id.</param>
    /// <exception cref="ArgumentException">It is empty or cannot be written to a file and read back.</exception>
    public static byte[] Bytes(string image)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        try
        {
            return image.Contains('\0')
                ? throw new ArgumentException($"The id of an image holds a NUL character: '{image.Replace('\0', '?')}'. {Advice}", nameof(image))
                : Strict.GetBytes(image + '\0');
        }
        catch (EncoderFallbackException problem)
        {
            throw new ArgumentException($"The id of an image is no Unicode text: '{image}'. {Advice}", nameof(image), problem);
        }
    }
}
