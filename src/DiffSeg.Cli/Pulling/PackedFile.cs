using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using DiffSeg.Cli.Models;

namespace DiffSeg.Cli.Pulling;

/// <summary>Takes one file out of a package's archive, and checks that both are what the catalogue promises.</summary>
internal static class PackedFile
{
    /// <summary>Takes it out.</summary>
    /// <param name="archivePath">The archive, .tgz.</param>
    /// <param name="archive">What the archive shall be.</param>
    /// <param name="file">The file in it.</param>
    /// <param name="destination">Where to put the file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DownloadException">The archive or the file is not what was promised, or the file is not in it.</exception>
    public static async Task ExtractAsync(string archivePath, CatalogueFile archive, CatalogueFile file, string destination, CancellationToken cancellationToken)
    {
        await CheckAsync(archivePath, archive, archive.Path, cancellationToken).ConfigureAwait(false);
        try
        {
            using FileStream packed = File.OpenRead(archivePath);
            using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            using var reader = new TarReader(unpacked);
            while (await reader.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
            {
                if (entry.Name == file.Path && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
                {
                    await entry.ExtractToFileAsync(destination, overwrite: true, cancellationToken).ConfigureAwait(false);
                    await CheckAsync(destination, file, file.Path, cancellationToken).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or FormatException)
        {
            throw new DownloadException($"The archive {archive.Path} cannot be unpacked: {problem.Message}", problem);
        }

        throw new DownloadException($"The archive {archive.Path} does not hold '{file.Path}'.");
    }

    private static async Task CheckAsync(string path, CatalogueFile promised, string name, CancellationToken cancellationToken)
    {
        using FileStream stream = File.OpenRead(path);
        if (promised.Size is { } size && stream.Length != size)
        {
            throw new DownloadException($"{name} should have {size} bytes, and has {stream.Length}: it is damaged, or another file.");
        }

        string found = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
        if (promised.Sha256 is { } expected && expected != found)
        {
            throw new DownloadException($"{name} has the SHA-256 {found}, not {expected}: it is damaged, or another file.");
        }
    }
}
