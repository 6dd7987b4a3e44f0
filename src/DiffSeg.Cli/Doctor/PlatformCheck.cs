using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DiffSeg.Cli.Doctor;

/// <summary>The tool itself, .NET, and the processor.</summary>
internal sealed class PlatformCheck : ICheck
{
    /// <inheritdoc/>
    public string Subject => "platform";

    /// <inheritdoc/>
    public IEnumerable<Finding> Examine()
    {
        yield return new Finding("diffseg", Health.Good, AssemblyFacts.VersionOf(typeof(PlatformCheck).Assembly));
        yield return new Finding(".NET", Health.Good, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.RuntimeIdentifier}");
        yield return new Finding("processor", Health.Good, $"{Environment.ProcessorCount} cores, {Vectors()}");
    }

    private static string Vectors()
    {
        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;
        return bits > 0 ? $"{bits}-bit vectors" : "no vector instructions (slow)";
    }
}
