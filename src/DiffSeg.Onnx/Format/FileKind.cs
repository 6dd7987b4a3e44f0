using System.Text;

namespace DiffSeg.Onnx.Format;

/// <summary>What a file is that was given as a model by mistake: told by its first bytes, to give better advice.</summary>
internal sealed record FileKind(string Found, string Advice)
{
    private const string GivePicture = "Give the model here and the picture as an image to segment.";

    /// <summary>The kind of a file, or null when its first bytes say nothing.</summary>
    public static FileKind? Guess(string path)
    {
        Span<byte> buffer = stackalloc byte[256];
        int length;
        using (FileStream stream = File.OpenRead(path))
        {
            length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }

        ReadOnlySpan<byte> start = buffer[..length];

        if (start.IsEmpty)
        {
            return new("an empty file", "Fetch or build it again.");
        }

        if (start.StartsWith("version https://git-lfs"u8))
        {
            return new("a Git LFS pointer instead of the file itself", "Run 'git lfs pull' in its repository.");
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return new("a JPEG picture", GivePicture);
        }

        if (start.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            return new("a PNG picture", GivePicture);
        }

        if (start.StartsWith("PK\u0003\u0004"u8))
        {
            return new("a zip archive", "A model saved by ML.NET is loaded with MLContext.Model.Load; an ONNX model in an archive must be unpacked first.");
        }

        return IsText(start) ? new("text", "Fetch the ONNX file itself, not a page about it.") : null;
    }

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (Rune rune in Encoding.UTF8.GetString(start).EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\n' or '\r' or '\t'))
            {
                return false;
            }
        }

        return true;
    }
}
