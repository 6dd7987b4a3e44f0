using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DiffSeg.Cli.Doctor;
using DiffSeg.Cli.Evaluating.Report.Results;

namespace DiffSeg.Cli.Evaluating.Summing;

/// <summary>Looks at the machine that measures.</summary>
internal static class Machine
{
    /// <summary>What there is to say about it.</summary>
    /// <param name="gpu">CUDA device that the model runs on; null for the CPU.</param>
    public static MachineFacts Look(int? gpu) => new()
    {
        Processor = Processor(),
        Cores = Environment.ProcessorCount,
        MemoryBytes = MachineMemory.OfThisMachine().Total,
        OperatingSystem = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
        VectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        Accelerator = gpu is { } device ? $"CUDA device {device}" : null,
    };

    // Linux and Windows say it in a line; others in no way that a program can rely on.
    private static string Processor()
    {
        const string Key = "model name";
        const string Facts = "/proc/cpuinfo";
        string? line = OperatingSystem.IsLinux() && File.Exists(Facts)
            ? File.ReadLines(Facts).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
