using System.Text.Json;

namespace DiffSeg.Cli.Pulling;

/// <summary>
/// A file on its way: NAME.part holds what has arrived, NAME.part.json which version of the file that is. Both outlive the
/// process, so that a later one goes on where it ended.
/// </summary>
/// <param name="destination">Where the whole file shall appear.</param>
internal sealed class PartialFile(string destination)
{
    private readonly string _factsPath = destination + ".part.json";

    /// <summary>Where the whole file shall appear.</summary>
    public string Destination => destination;

    /// <summary>Where what has arrived is kept.</summary>
    public string Path { get; } = destination + ".part";

    /// <summary>Bytes that have arrived.</summary>
    public long Length => new FileInfo(Path) is { Exists: true } file ? file.Length : 0;

    /// <summary>The version of the file that has arrived in part; null when nothing has, or nothing is known about it.</summary>
    public PartialFacts? ReadFacts()
    {
        try
        {
            return Length > 0 ? JsonSerializer.Deserialize<PartialFacts>(File.ReadAllBytes(_factsPath)) : null;
        }
        catch (Exception problem) when (problem is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Begins anew with a version of the file; written before its first byte.</summary>
    /// <param name="facts">The version.</param>
    public void Restart(PartialFacts facts)
    {
        Discard();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(destination)!);
        File.WriteAllBytes(_factsPath, JsonSerializer.SerializeToUtf8Bytes(facts));
    }

    /// <summary>Opens it for appending.</summary>
    public FileStream Append() => new(Path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);

    /// <summary>Opens it for reading what has arrived.</summary>
    public FileStream Read() => new(Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>Gives the whole file its name.</summary>
    public void Commit()
    {
        File.Move(Path, destination, overwrite: true);
        File.Delete(_factsPath);
    }

    /// <summary>Deletes what has arrived.</summary>
    public void Discard()
    {
        // The facts last: parts without them are not gone on with.
        foreach (string path in new[] { Path, _factsPath })
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
    }
}

/// <summary>Which version of a file has arrived in part.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Size">Length of the whole file.</param>
/// <param name="Sha256">Its SHA-256 as the server or the catalogue gave it.</param>
/// <param name="ETag">The entity tag at the address.</param>
internal sealed record PartialFacts(string Address, long? Size, string? Sha256, string? ETag);
