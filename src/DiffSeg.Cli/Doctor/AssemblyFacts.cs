using System.Reflection;

namespace DiffSeg.Cli.Doctor;

/// <summary>What an assembly says about itself.</summary>
internal static class AssemblyFacts
{
    /// <summary>Key of the metadata by which the offline stand-ins say that they are such.</summary>
    public const string StandInKey = "DiffSegStandIn";

    /// <summary>The package version without the commit.</summary>
    /// <param name="assembly">The assembly.</param>
    public static string VersionOf(Assembly assembly)
    {
        string? text = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return text?.Split('+')[0] ?? assembly.GetName().Version?.ToString() ?? "unknown version";
    }

    /// <summary>Whether it is a stand-in of this project's eng/offline in place of the real library.</summary>
    /// <param name="assembly">The assembly.</param>
    public static bool IsStandIn(Assembly assembly) => assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Any(metadata => metadata.Key == StandInKey && string.Equals(metadata.Value, "true", StringComparison.OrdinalIgnoreCase));
}
