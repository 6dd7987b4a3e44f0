using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>Tells a GPU that is sick or taken from one that is not there.</summary>
internal static class GpuFault
{
    private static readonly string[] Signs = ["CUDA failure", "CUDA error", "CUDNN failure", "CUBLAS failure", "out of memory", "Failed to allocate memory"];

    /// <summary>Whether the same may succeed later or on another machine.</summary>
    /// <param name="problem">What was thrown when a model was opened on a GPU.</param>
    public static bool MayPass(Exception problem) =>
        problem.GetBaseException() is OnnxRuntimeException cause
        && Signs.Any(sign => cause.Message.Contains(sign, StringComparison.OrdinalIgnoreCase))
        && !cause.Message.Contains("no CUDA-capable device", StringComparison.OrdinalIgnoreCase);
}
