using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>Appends to a journal, image by image: what is written of an image is in the file when the call returns.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly FileStream _file;

    private JournalWriter(FileStream file) => _file = file;

    /// <summary>Begins a journal.</summary>
    /// <param name="path">The file; replaced if it is there.</param>
    /// <param name="header">What was asked.</param>
    public static JournalWriter Begin(string path, JournalHeader header)
    {
        // Another process that is at it keeps the file to itself.
        var writer = new JournalWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        writer.Write(header, JournalJson.Default.JournalHeader);
        writer._file.Flush(flushToDisk: true);
        return writer;
    }

    /// <summary>Goes on with a journal, after its last whole line.</summary>
    /// <param name="contents">What it holds.</param>
    public static JournalWriter Continue(JournalContents contents)
    {
        var file = new FileStream(contents.Path, FileMode.Open, FileAccess.Write, FileShare.Read);
        file.SetLength(contents.Length);
        file.Seek(0, SeekOrigin.End);
        return new JournalWriter(file);
    }

    /// <summary>Adds what was done with an image.</summary>
    /// <param name="entries">One per run, or one that says why it was skipped.</param>
    public void Add(IEnumerable<JournalEntry> entries)
    {
        foreach (JournalEntry entry in entries)
        {
            Write(entry, JournalJson.Default.JournalEntry);
        }

        _file.Flush(flushToDisk: true);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private void Write<T>(T line, JsonTypeInfo<T> type)
    {
        _file.Write(JsonSerializer.SerializeToUtf8Bytes(line, type));
        _file.WriteByte((byte)'\n');
    }
}
