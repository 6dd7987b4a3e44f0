using System.Text;

namespace DiffSeg.Pictures.Files;

/// <summary>What to say of a file that is none of the known kinds.</summary>
internal static class OtherKind
{
    /// <summary>A predicate: "is ...".</summary>
    /// <param name="head">The file's first bytes.</param>
    public static string Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[(byte)'I', (byte)'I', 42, 0]) || head.StartsWith((ReadOnlySpan<byte>)[(byte)'M', (byte)'M', 0, 42]))
        {
            return "is a TIFF or raw picture, which is not read; convert it to JPEG or PNG";
        }

        if (head.Length > 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return "is a HEIC, AVIF or video file, which is not read; convert it to JPEG or PNG";
        }

        return IsText(head) ? "is a text, not a picture" : "is of no known kind: not a JPEG, PNG, GIF, BMP or WebP";
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        // A character of several bytes may be cut at the end of what was read.
        if (head.ContainsAnyInRange((byte)0, (byte)8) || head.ContainsAnyInRange((byte)14, (byte)31))
        {
            return false;
        }

        return Encoding.UTF8.GetString(head).AsSpan().TrimEnd('\uFFFD').IndexOf('\uFFFD') < 0;
    }
}
