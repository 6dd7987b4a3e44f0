using System.Text.Json;

namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>What a journal holds.</summary>
/// <param name="Path">The file.</param>
/// <param name="Header">What was asked.</param>
/// <param name="Entries">What was done, in the order in which it was.</param>
/// <param name="Length">Bytes up to the end of the last whole line: a process that was killed may leave half of one.</param>
internal sealed record JournalContents(string Path, JournalHeader Header, IReadOnlyList<JournalEntry> Entries, long Length)
{
    /// <summary>Reads a journal.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it holds; null where not even its first line is whole.</returns>
    /// <exception cref="SetupException">It is none, or damaged elsewhere than at its end.</exception>
    public static JournalContents? Read(string path)
    {
        JournalHeader? header = null;
        List<JournalEntry> entries = [];
        long length = 0;
        int number = 0;
        foreach (byte[] line in Lines(path))
        {
            number++;
            try
            {
                if (header is null)
                {
                    header = JsonSerializer.Deserialize(line, JournalJson.Default.JournalHeader);
                    Require(header?.Format == JournalHeader.CurrentFormat, $"it is no journal of the form {JournalHeader.CurrentFormat}");
                }
                else
                {
                    JournalEntry? entry = JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry);
                    Require(entry is not null && entry.Index >= 0 && entry.Index < header.Images.Count, "its image is none of the data set");
                    entries.Add(entry!);
                }
            }
            catch (JsonException problem)
            {
                throw new SetupException(
                    $"The journal '{path}' is damaged in line {number}: {problem.Message} Start again with --restart, or give another --output.", problem);
            }

            length += line.Length + 1;
        }

        return header is null ? null : new JournalContents(path, header, entries, length);
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new JsonException(problem + ".");
        }
    }

    // Whole lines only.
    private static IEnumerable<byte[]> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        using var line = new MemoryStream();
        for (int value = file.ReadByte(); value >= 0; value = file.ReadByte())
        {
            if (value != '\n')
            {
                line.WriteByte((byte)value);
                continue;
            }

            yield return line.ToArray();
            line.SetLength(0);
        }
    }
}
