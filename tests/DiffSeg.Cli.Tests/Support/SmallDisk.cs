using System.Runtime.InteropServices;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>A file system of a few kilobytes, in memory.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one; null where that is not allowed.</summary>
    public static SmallDisk? Mount(string folder, int kilobytes)
    {
        Directory.CreateDirectory(folder);
        return OperatingSystem.IsLinux() && Mount("tmpfs", folder, "tmpfs", 0, $"size={kilobytes}k") == 0 ? new SmallDisk(folder) : null;
    }

    public void Dispose() => Unmount(_folder, Detach);

    // The files in it go with it, also those that are still open.
    private const int Detach = 2;

    [DllImport("libc", EntryPoint = "mount", CharSet = CharSet.Ansi)]
    private static extern int Mount(string source, string target, string type, nuint flags, string data);

    [DllImport("libc", EntryPoint = "umount2", CharSet = CharSet.Ansi)]
    private static extern int Unmount(string target, int flags);
}
