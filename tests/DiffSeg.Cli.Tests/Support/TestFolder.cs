namespace DiffSeg.Cli.Tests.Support;

/// <summary>An empty folder of a test's own, deleted with what is in it.</summary>
internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("diffseg-test-").FullName;

    /// <summary>All files beneath, hidden ones too, relative and with '/', sorted.</summary>
    public string[] Files =>
    [
        .. Directory.EnumerateFiles(Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Write(string name, ReadOnlySpan<byte> contents)
    {
        string path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, contents);
        return path;
    }

    /// <summary>A file that looks like a whole picture and is none: enough where nothing decodes.</summary>
    public string Touch(string name) => Write(name, [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
