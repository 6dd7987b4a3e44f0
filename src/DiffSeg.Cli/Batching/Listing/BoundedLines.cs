using System.Text;

namespace DiffSeg.Cli.Batching.Listing;

/// <summary>
/// The lines of a text, each of a length that a path can have: whatever the file really is, memory stays small.
/// </summary>
internal static class BoundedLines
{
    /// <summary>Characters that a line may have.</summary>
    public const int Longest = 1 << 16;

    /// <summary>Reads UTF-8 text, with or without a byte order mark.</summary>
    /// <param name="stream">The text; stays open.</param>
    public static StreamReader Open(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16, leaveOpen: true);

    /// <summary>The lines, without their ends (LF or CR LF), and their numbers from 1.</summary>
    /// <param name="reader">The text.</param>
    /// <exception cref="ManifestException">A line is too long.</exception>
    /// <exception cref="DecoderFallbackException">It is not UTF-8.</exception>
    public static IEnumerable<(int Number, string Line)> Of(TextReader reader)
    {
        var line = new StringBuilder();
        int number = 1;
        for (int next = reader.Read(); next >= 0; next = reader.Read())
        {
            if (next == '\n')
            {
                yield return (number, Finish(line, number));
                number++;
                continue;
            }

            if (line.Length == Longest)
            {
                throw new ManifestException(number, $"is longer than {Longest} characters; is this a list of images?");
            }

            line.Append((char)next);
        }

        if (line.Length > 0)
        {
            yield return (number, Finish(line, number));
        }
    }

    private static string Finish(StringBuilder line, int number)
    {
        if (line.Length > 0 && line[^1] == '\r')
        {
            line.Length--;
        }

        int begin = number == 1 && line.Length > 0 && line[0] == '\uFEFF' ? 1 : 0;
        string text = line.ToString(begin, line.Length - begin);
        line.Clear();
        return text;
    }
}
