using System.Globalization;
using System.IO.MemoryMappedFiles;

namespace DiffSeg.Fuzzing;

/// <summary>
/// A file that says which cases are in hand. It is memory that the system keeps, so it is there when the process died of one of
/// them, and gone when all went well.
/// </summary>
internal sealed class FuzzHand : IDisposable
{
    private const int Nothing = -1;
    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <param name="path">The file.</param>
    /// <param name="workers">Cases that may be in hand at a time.</param>
    public FuzzHand(string path, int workers)
    {
        _path = path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        byte[] nothing = new byte[workers * sizeof(int)];
        nothing.AsSpan().Fill(0xFF);
        File.WriteAllBytes(path, nothing);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Where the file of a kind lies for a process.</summary>
    public static string PathOf(string name, int process) => Path.Combine(
        Path.GetTempPath(), "diffseg-fuzz", string.Create(CultureInfo.InvariantCulture, $"{name.Replace(' ', '-')}-{process}.hand"));

    /// <summary>The cases that a process died with.</summary>
    public static IReadOnlyList<int> Read(string path) => File.Exists(path)
        ? [.. File.ReadAllBytes(path).Chunk(sizeof(int)).Select(bytes => BitConverter.ToInt32(bytes)).Where(number => number != Nothing)]
        : [];

    /// <summary>A worker takes a case, or lays it down.</summary>
    public void Take(int worker, int? number) => _view.Write(worker * sizeof(int), number ?? Nothing);

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
