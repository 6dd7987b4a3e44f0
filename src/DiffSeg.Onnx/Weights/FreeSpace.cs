namespace DiffSeg.Onnx.Weights;

/// <summary>Room on the disk for a model.</summary>
/// <param name="path">Full path of the model.</param>
/// <param name="needed">Bytes of its files together.</param>
internal sealed class FreeSpace(string path, long needed)
{
    private const int NoSpaceOnUnix = 28, NoQuotaOnLinux = 122, NoQuotaOnMac = 69; // errno
    private const int DiskFull = unchecked((int)0x80070070), HandleDiskFull = unchecked((int)0x80070027); // Windows

    private readonly string _folder = Path.GetDirectoryName(path)!;

    /// <exception cref="AttentionModelException">The disk has not enough.</exception>
    public void Ensure()
    {
        if (Available() is { } available && available < needed)
        {
            throw Error(available, null);
        }
    }

    /// <summary>The error for a failure of writing, when that is that the disk filled up; else null.</summary>
    public AttentionModelException? ErrorFor(IOException cause) =>
        cause.HResult is NoSpaceOnUnix or NoQuotaOnLinux or NoQuotaOnMac or DiskFull or HandleDiskFull
            ? Error(Available(), cause)
            : null;

    private AttentionModelException Error(long? available, IOException? cause) => new(
        path, $"{Text(needed)} of free space in '{_folder}'",
        available is { } bytes ? Text(bytes) : "a full disk",
        "Free some, write to another disk, or store the weights smaller: as 16-bit floats or 8-bit integers.", cause);

    /// <summary>Null where the system does not say (a share of another machine, for example).</summary>
    private long? Available()
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(_folder)! : _folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Text(long bytes) => FormattableString.Invariant($"{bytes / 1e6:F1} MB");
}
