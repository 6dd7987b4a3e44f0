using System.Runtime.Intrinsics;

namespace DiffSeg.Tests.Reproducibility;

/// <summary>The vector widths that this process has.</summary>
internal static class Widths
{
    public static string Describe() =>
        Vector512.IsHardwareAccelerated ? "512"
        : Vector256.IsHardwareAccelerated ? "256"
        : Vector128.IsHardwareAccelerated ? "128"
        : "none";
}
