using System.Text;

namespace DiffSeg.Cli.Inputs;

/// <summary>
/// A look at a picture file's first and last bytes before it is decoded: what the decoder would refuse without saying
/// why, or worse, fill up with grey, is found here and said in plain words.
/// </summary>
internal static class PictureFile
{
    private const int HeadLength = 512;

    /// <summary>What is wrong with the file, to follow its name in a sentence; null when nothing is seen.</summary>
    /// <param name="path">The file.</param>
    public static string? Problem(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> head = stackalloc byte[HeadLength];
            head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
            return ProblemOf(file, head);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem is FileNotFoundException or DirectoryNotFoundException
                ? "is not there any more"
                : $"cannot be read: {problem.Message}";
        }
    }

    private static string? ProblemOf(FileStream file, ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return "is empty";
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]))
        {
            return JpegFile.IsWhole(file) ? null : CutOff("JPEG");
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
        {
            return EndsWith(file, "IEND"u8, within: 4096) ? null : CutOff("PNG");
        }

        if (head.StartsWith("GIF8"u8))
        {
            return EndsWith(file, ";"u8, within: 4096) ? null : CutOff("GIF");
        }

        if (head.StartsWith((ReadOnlySpan<byte>)[(byte)'I', (byte)'I', 42, 0]) || head.StartsWith((ReadOnlySpan<byte>)[(byte)'M', (byte)'M', 0, 42]))
        {
            return "is a TIFF or raw picture, which ML.NET does not read; convert it to JPEG or PNG";
        }

        if (head.Length > 12 && head[4..8].SequenceEqual("ftyp"u8))
        {
            return "is a HEIC, AVIF or video file, which ML.NET does not read; convert it to JPEG or PNG";
        }

        return IsText(head) ? "is a text, not a picture" : null;
    }

    private static string CutOff(string kind) => $"is cut off: the end of the {kind} is missing";

    // Programs append things to pictures, so the end is looked for in the last bytes, not at the last one.
    private static bool EndsWith(FileStream file, ReadOnlySpan<byte> end, int within)
    {
        var tail = new byte[Math.Min(within, file.Length)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        return tail.AsSpan().LastIndexOf(end) >= 0;
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
