namespace DiffSeg.Batches.Files;

/// <summary>What a batch does to the file system, one operation at a time; a test can end it at any of them.</summary>
internal class FileOperations
{
    // Somebody who is just giving a file its name holds it for less than this: five seconds in all.
    private const int Attempts = 250;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // EWOULDBLOCK of Linux and of macOS, and the sharing violation of Windows.
    private static readonly int[] Locked = [11, 35, unchecked((int)0x80070020)];

    /// <summary>The real ones.</summary>
    public static FileOperations Real { get; } = new();

    /// <summary>Reads a file that appears whole, also at the moment when it appears.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its bytes; null where it is not there.</returns>
    public static byte[]? Read(string path)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return File.ReadAllBytes(path);
            }
            catch (Exception problem) when (problem is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
            catch (IOException problem) when (Locked.Contains(problem.HResult) && attempt < Attempts)
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>Makes a folder with those above it, if it is not there.</summary>
    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>Creates a file for writing.</summary>
    public virtual Stream Create(string path) =>
        new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);

    /// <summary>
    /// Opens or creates a file that no other process has open by the same means, for as long as it is open.
    /// </summary>
    /// <returns>The file, as it was left; null where another process has it.</returns>
    public virtual Stream? OpenAlone(string path)
    {
        try
        {
            // It is renamed while it is open, which Windows allows to sharers of deletion only; elsewhere "None" takes the lock.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, share, bufferSize: 1);
        }
        catch (IOException problem) when (Locked.Contains(problem.HResult))
        {
            return null;
        }
    }

    /// <summary>Waits until what was written is on the disk.</summary>
    public virtual void FlushToDisk(Stream file) => ((FileStream)file).Flush(flushToDisk: true);

    /// <summary>Renames a file; one of that name is replaced.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Deletes a file that is not wanted any more, where that is possible.</summary>
    public void Discard(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The error that led here matters more; who begins the chunk again deletes what is left.
        }
    }

    /// <summary>Deletes a file, if it is there.</summary>
    public virtual void Delete(string path) => File.Delete(path);
}
