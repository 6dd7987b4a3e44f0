using System.IO.Compression;

namespace DiffSeg.Tests.Goldens;

/// <summary>The arrays of one .npz file: a zip of .npy files.</summary>
internal sealed class NumpyArchive
{
    private readonly Dictionary<string, NumpyArray> _arrays = [];

    public NumpyArchive(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            using Stream stream = entry.Open();
            _arrays.Add(Path.GetFileNameWithoutExtension(entry.Name), NumpyArray.Read(stream));
        }
    }

    public NumpyArray this[string key] => _arrays[key];

    public bool Contains(string key) => _arrays.ContainsKey(key);
}
