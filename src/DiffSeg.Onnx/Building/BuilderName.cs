using System.Reflection;

namespace DiffSeg.Onnx.Building;

/// <summary>What built models name as their builder.</summary>
internal static class BuilderName
{
    /// <summary>This assembly and its version, as in <c>DiffSeg.Onnx 0.1.0</c>.</summary>
    public static string Current { get; } = "DiffSeg.Onnx "
        + typeof(BuilderName).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
