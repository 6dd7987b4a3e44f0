namespace DiffSeg.Batches.Files;

/// <summary>
/// A small file that is to appear whole, and the right to write it: while it is pending, no other process has it.
/// </summary>
/// <remarks>
/// The temporary file is the lock. It is renamed while it is still open, so that there is no moment at which another process
/// could take it and write into what has its name already. A killed process leaves a file that nobody holds. Where locks fail
/// (a file system without them, two processes that meet in the moment between opening and locking) both may have the right:
/// they write the same bytes, and at worst one of them finds its file gone.
/// </remarks>
internal sealed class PendingFile : IDisposable
{
    private readonly FileOperations _files;
    private readonly Stream _stream;
    private readonly string _path, _temporary;
    private bool _committed;

    private PendingFile(FileOperations files, Stream stream, string path, string temporary) =>
        (_files, _stream, _path, _temporary) = (files, stream, path, temporary);

    /// <summary>Takes the right to write a file.</summary>
    /// <param name="files">The file system.</param>
    /// <param name="folder">Where the file is to appear.</param>
    /// <param name="name">Its name.</param>
    /// <returns>
    /// The right; null where another process has it. Who gets it has to look whether the file has appeared in between.
    /// </returns>
    public static PendingFile? TryTake(FileOperations files, string folder, string name)
    {
        string temporary = Path.Combine(folder, $".{name}{BatchFileNames.Temporary}");
        return files.OpenAlone(temporary) is { } stream
            ? new PendingFile(files, stream, Path.Combine(folder, name), temporary)
            : null;
    }

    /// <summary>Whether a file is the one that is pending.</summary>
    /// <param name="path">Path of the file.</param>
    public bool Is(string path) => path == _temporary;

    /// <summary>Writes the file, gives it its name, and gives the right back, so that the file can be read.</summary>
    /// <param name="bytes">What it holds.</param>
    public void Commit(ReadOnlySpan<byte> bytes)
    {
        _stream.SetLength(0);
        _stream.Write(bytes);
        _files.FlushToDisk(_stream);
        _files.Rename(_temporary, _path);
        _committed = true;
        _stream.Dispose();
    }

    /// <summary>Gives the right back, and deletes what was not committed.</summary>
    public void Dispose()
    {
        using (_stream)
        {
            if (!_committed)
            {
                _files.Discard(_temporary);
            }
        }
    }
}
