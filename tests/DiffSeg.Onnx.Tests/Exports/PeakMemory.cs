using System.Globalization;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>The most resident memory of this process since the last reset. Linux only; elsewhere 0.</summary>
internal static class PeakMemory
{
    private const string Status = "/proc/self/status";

    /// <summary>Starts counting anew from what is resident now.</summary>
    public static void Reset()
    {
        GC.Collect();
        if (File.Exists(Status))
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    public static long MiB => File.Exists(Status)
        ? long.Parse(File.ReadLines(Status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10
        : 0;
}
