using System.Xml.Linq;

namespace DiffSeg.Offline;

/// <summary>A project that is only restored. It takes nothing from the repository around it but NuGet.config.</summary>
internal static class TrialProject
{
    public static void Save(string file, string packagesFolder, IEnumerable<XElement> items, params XElement[] properties) =>
        new XElement("Project",
            // Set before the SDK's own properties, which would already have imported these files.
            new XElement("PropertyGroup",
                new XElement("ImportDirectoryBuildProps", "false"),
                new XElement("ImportDirectoryBuildTargets", "false"),
                new XElement("ImportDirectoryPackagesProps", "false")),
            Sdk("Sdk.props"),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", "net10.0"),
                new XElement("NuGetAudit", "false"),
                new XElement("NoWarn", "NU1603"),
                new XElement("RestorePackagesPath", packagesFolder),
                properties),
            new XElement("ItemGroup", items),
            Sdk("Sdk.targets"))
            .Save(file);

    private static XElement Sdk(string part) =>
        new("Import", new XAttribute("Project", part), new XAttribute("Sdk", "Microsoft.NET.Sdk"));
}
