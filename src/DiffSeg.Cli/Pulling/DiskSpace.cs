using DiffSeg.Cli.Reporting;

namespace DiffSeg.Cli.Pulling;

/// <summary>Room on a disk.</summary>
internal static class DiskSpace
{
    // ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL; elsewhere .NET hands on errno, and ENOSPC is 28, EDQUOT 122 (Linux) or 69 (macOS).
    private static readonly int[] FullOnWindows = [unchecked((int)0x80070070), unchecked((int)0x80070027)];
    private static readonly int[] FullElsewhere = [28, 122, 69];

    /// <summary>Bytes that may still be written beneath a folder; <see cref="long.MaxValue"/> when the system does not say.</summary>
    /// <param name="folder">A folder, which need not exist.</param>
    public static long FreeIn(string folder)
    {
        string? existing = Path.GetFullPath(folder);
        while (existing is not null && !Directory.Exists(existing))
        {
            existing = Path.GetDirectoryName(existing);
        }

        try
        {
            return existing is null ? long.MaxValue : new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }

    /// <summary>Whether an error says that a disk or a quota is full.</summary>
    /// <param name="problem">What was thrown.</param>
    public static bool IsFull(IOException problem) =>
        (OperatingSystem.IsWindows() ? FullOnWindows : FullElsewhere).Contains(problem.HResult);

    /// <summary>"... needs 3.2 GB, and only 1.0 GB are free."</summary>
    /// <param name="what">What needs the room.</param>
    /// <param name="folder">Where.</param>
    /// <param name="needed">Bytes needed.</param>
    /// <param name="free">Bytes free.</param>
    public static string Shortage(string what, string folder, long needed, long free) =>
        $"{what} needs {ByteSize.Text(needed)} in '{folder}', and {ByteSize.Text(free)} are free there. Make room, or point DIFFSEG_HOME at a folder on a larger disk.";
}
