using System.Globalization;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>How much this process's resident memory has grown at most since it was begun to measure. Linux only; elsewhere 0.</summary>
internal sealed class PeakMemory
{
    private const string Status = "/proc/self/status";
    private readonly long _begin;

    private PeakMemory(long begin) => _begin = begin;

    /// <summary>What has been resident at most beyond the beginning, in MiB.</summary>
    public long GrowthMiB => (Read("VmHWM:") - _begin) >> 10;

    /// <summary>Begins with what is resident now: other tests' arenas are not ours.</summary>
    public static PeakMemory Begin()
    {
        GC.Collect();
        if (File.Exists(Status))
        {
            File.WriteAllText("/proc/self/clear_refs", "5"); // forgets the earlier peak
        }

        return new PeakMemory(Read("VmRSS:"));
    }

    private static long Read(string entry) => File.Exists(Status)
        ? long.Parse(
            File.ReadLines(Status).First(l => l.StartsWith(entry, StringComparison.Ordinal)).AsSpan()[entry.Length..^"kB".Length].Trim(),
            CultureInfo.InvariantCulture)
        : 0;
}
