using DiffSeg.Cli.Doctor;

namespace DiffSeg.Cli;

/// <summary>Which diffseg this is.</summary>
internal static class ToolVersion
{
    /// <summary>The tool's name and version, as in "diffseg 0.1.0".</summary>
    public static string Text { get; } = $"diffseg {AssemblyFacts.VersionOf(typeof(ToolVersion).Assembly)}";
}
