using System.Collections.Concurrent;

namespace DiffSeg.Cli.Output;

/// <summary>
/// A file that appears whole or not at all: written under a temporary name beside its place and renamed at the end.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private static readonly ConcurrentDictionary<string, bool> Unfinished = [];

    private readonly string _path;

    /// <summary>Chooses a temporary name; nothing is written yet.</summary>
    /// <param name="path">Where the file shall appear; a file that is there is replaced at the end.</param>
    public AtomicFile(string path)
    {
        _path = path;

        // The extension stays: image writers choose the format by it.
        TemporaryPath = Path.Combine(
            Path.GetDirectoryName(path)!, $".{Path.GetFileNameWithoutExtension(path)}.{Path.GetRandomFileName()}{Path.GetExtension(path)}");
        Unfinished[TemporaryPath] = true;
    }

    /// <summary>Where to write.</summary>
    public string TemporaryPath { get; }

    /// <summary>Deletes what has not been finished; for a process that is about to be ended.</summary>
    public static void DiscardUnfinished()
    {
        foreach (string path in Unfinished.Keys)
        {
            Discard(path);
        }
    }

    /// <summary>Opens the temporary file for writing.</summary>
    public FileStream Create() => new(TemporaryPath, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);

    /// <summary>Gives the file its name. The stream must be closed.</summary>
    public void Commit()
    {
        if (Directory.Exists(_path))
        {
            throw new IOException($"'{_path}' is a folder, a file of that name cannot be written.");
        }

        File.Move(TemporaryPath, _path, overwrite: true);
    }

    /// <summary>Deletes the temporary file if it was not committed.</summary>
    public void Dispose()
    {
        Unfinished.TryRemove(TemporaryPath, out _);
        Discard(TemporaryPath);
    }

    /// <summary>Deletes a temporary file, where that is possible.</summary>
    /// <param name="path">The file.</param>
    public static void Discard(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A leftover under a hidden name harms nobody; the error that led here matters more.
        }
    }
}
