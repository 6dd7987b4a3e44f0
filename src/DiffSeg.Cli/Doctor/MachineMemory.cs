using System.Globalization;

namespace DiffSeg.Cli.Doctor;

/// <summary>Memory of this machine, or of the container that the process is in.</summary>
/// <param name="Total">Bytes in all.</param>
/// <param name="Free">Bytes that programs may still take; null where the system does not say.</param>
internal sealed record MachineMemory(long Total, long? Free)
{
    /// <summary>That of this machine.</summary>
    public static MachineMemory OfThisMachine()
    {
        long total = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return new MachineMemory(total, OperatingSystem.IsLinux() && File.Exists("/proc/meminfo") && FreeIn(File.ReadLines("/proc/meminfo")) is { } free ? Math.Min(free, total) : null);
    }

    /// <summary>What "MemAvailable" says; null when it is not there.</summary>
    /// <param name="lines">The lines of /proc/meminfo.</param>
    public static long? FreeIn(IEnumerable<string> lines)
    {
        const string Key = "MemAvailable:";
        string? line = lines.FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        string? number = line?[Key.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes * 1024 : null;
    }
}
