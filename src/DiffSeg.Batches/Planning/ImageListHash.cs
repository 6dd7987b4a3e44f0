using System.Security.Cryptography;
using System.Text;

namespace DiffSeg.Batches;

/// <summary>SHA-256 of a list of images: each id in UTF-8 and a zero byte, as <c>find -print0</c> would list them.</summary>
internal sealed class ImageListHash : IDisposable
{
    private const string Advice = "Give each image an id of whole Unicode characters, none of them NUL.";

    // Half a surrogate pair would be replaced on its way to a file, and two ids could become one.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Checks an id.</summary>
    /// <param name="image">The id.</param>
    /// <exception cref="ArgumentException">It is empty or cannot be written to a file and read back.</exception>
    public static void Check(string image) => Bytes(image);

    /// <summary>Adds the next image.</summary>
    /// <param name="image">Its id.</param>
    public void Add(string image)
    {
        _hash.AppendData(Bytes(image));
        _hash.AppendData([0]);
    }

    /// <summary>The hash of what was added, in hexadecimal; begins anew.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private static byte[] Bytes(string image)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        try
        {
            return image.Contains('\0')
                ? throw new ArgumentException($"The id of an image holds a NUL character: '{image.Replace('\0', '?')}'. {Advice}", nameof(image))
                : Strict.GetBytes(image);
        }
        catch (EncoderFallbackException problem)
        {
            throw new ArgumentException($"The id of an image is no Unicode text: '{image}'. {Advice}", nameof(image), problem);
        }
    }
}
