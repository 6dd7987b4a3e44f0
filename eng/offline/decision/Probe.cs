using System.Xml.Linq;

namespace DiffSeg.Offline;

/// <summary>Tries to restore packages from the machine's own sources, without this repository's feed.</summary>
internal static class Probe
{
    /// <summary>Folder under the work folder into which the packages of successful probes go.</summary>
    public const string PackagesFolder = "probed";

    public static Answer Restore(IReadOnlyList<(string Id, string Version)> packages, string work)
    {
        string folder = Directory.CreateDirectory(Path.Combine(work, "probe-" + packages[0].Id)).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "nothing"));

        // The nearest configuration wins key by key: the house's feed is replaced by an empty folder, the other
        // sources and their credentials stay as a restore of the house sees them.
        new XElement("configuration",
            new XElement("packageSources", new XElement("add", new XAttribute("key", "diffseg-offline"), new XAttribute("value", "nothing"))))
            .Save(Path.Combine(folder, "NuGet.config"));
        TrialProject.Save(Path.Combine(folder, "probe.csproj"), Path.Combine(work, PackagesFolder),
            packages.Select(package => new XElement("PackageReference",
                new XAttribute("Include", package.Id), new XAttribute("Version", package.Version))));
        return Call.Dotnet(folder, "restore", "probe.csproj");
    }
}
