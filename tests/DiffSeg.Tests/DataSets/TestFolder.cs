namespace DiffSeg.Tests.DataSets;

/// <summary>A folder that lives as long as the test, and files in it.</summary>
internal sealed partial class TestFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("diffseg-test-").FullName;

    public string this[string place] => Path.Combine([Root, .. place.Split('/')]);

    /// <summary>Writes a file, with the folders that it is in.</summary>
    public string Write(string place, byte[] contents)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[place])!);
        File.WriteAllBytes(this[place], contents);
        return this[place];
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
