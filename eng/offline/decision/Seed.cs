using System.Xml.Linq;

namespace DiffSeg.Offline;

/// <summary>
/// Puts the packages of a folder feed into a packages folder. NuGet takes the lowest version that it is asked for
/// from there before it asks any source, so a package made here and one of the same id and version in a registry
/// never compete.
/// </summary>
internal static class Seed
{
    public static void Plant(string feed, string packagesFolder, string work)
    {
        string folder = Directory.CreateDirectory(Path.Combine(work, "seed-" + Guid.NewGuid().ToString("N"))).FullName;
        TrialProject.Save(Path.Combine(folder, "seed.csproj"), packagesFolder,
            Directory.GetFiles(feed, "*.nupkg").Select(PackageFile.Read).Select(package => new XElement("PackageDownload",
                new XAttribute("Include", package.Id), new XAttribute("Version", $"[{package.Version}]"))),
            new XElement("RestoreSources", feed));

        Answer restore = Call.Dotnet(folder, "restore", "seed.csproj");
        if (restore.ExitCode != 0)
        {
            throw new DecisionException($"The packages in {feed} could not be put into {packagesFolder}.", restore.Output);
        }
    }

    /// <summary>Moves extracted packages to where a restore of the house looks, so that none is fetched twice.</summary>
    public static void Adopt(string fetched, string packagesFolder, Func<string, bool> wanted)
    {
        if (!Directory.Exists(fetched))
        {
            return;
        }

        foreach (string id in Directory.GetDirectories(fetched).Where(id => wanted(Path.GetFileName(id))))
        {
            foreach (string version in Directory.GetDirectories(id))
            {
                string home = Path.Combine(packagesFolder, Path.GetFileName(id), Path.GetFileName(version));
                if (Directory.Exists(home))
                {
                    continue;
                }

                Directory.CreateDirectory(Path.GetDirectoryName(home)!);
                Directory.Move(version, home);
            }
        }
    }
}
