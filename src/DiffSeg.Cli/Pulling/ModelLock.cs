namespace DiffSeg.Cli.Pulling;

/// <summary>
/// Keeps two processes from making the same model at once. A file is held open for oneself; the system lets go of it when
/// the process ends, however it ends, so there is nothing to clean up.
/// </summary>
internal sealed class ModelLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; elsewhere .NET hands on errno, and EWOULDBLOCK is 11 (Linux) or 35 (macOS).
    private static readonly int[] InUse = OperatingSystem.IsWindows() ? [unchecked((int)0x80070020), unchecked((int)0x80070021)] : [11, 35];

    private readonly FileStream _file;

    private ModelLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, waiting for it if need be.</summary>
    /// <param name="path">The file; it is made if need be and stays.</param>
    /// <param name="waiting">Called once, when another process has it.</param>
    /// <param name="clock">What waiting is measured with.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<ModelLock> TakeAsync(string path, Action waiting, TimeProvider clock, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        bool told = false;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path) is { } file)
            {
                return new ModelLock(file);
            }

            if (!told)
            {
                told = true;
                waiting();
            }

            await Task.Delay(Interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of it.</summary>
    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException problem) when (InUse.Contains(problem.HResult))
        {
            return null;
        }
    }
}
