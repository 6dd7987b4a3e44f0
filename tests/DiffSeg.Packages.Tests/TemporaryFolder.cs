namespace DiffSeg.Packages.Tests;

/// <summary>A folder outside the repository that goes when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("diffseg-packages-").FullName;

    public string File(string relativePath) => System.IO.Path.Combine(Path, relativePath);

    /// <summary>Writes a text file; folders are made as needed.</summary>
    public string Write(string relativePath, string text)
    {
        string path = File(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
