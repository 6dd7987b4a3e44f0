using System.Globalization;

namespace DiffSeg.Onnx.Format;

/// <summary>
/// The folder of a model, as the place of its external data. A model may come from anywhere: what it names must lie
/// in that folder, also after symbolic links are followed, or in the folder that the .onnx file itself is linked from
/// (caches of model hubs keep all files of a model there, and a folder of links).
/// </summary>
/// <param name="modelPath">Full path of the .onnx file.</param>
internal sealed class ExternalDataFolder(string modelPath)
{
    private readonly string _folder = Path.GetDirectoryName(modelPath)!;
    private readonly Dictionary<string, DataFile> _files = [];

    /// <summary>Finds and checks the place of an external tensor's values.</summary>
    /// <param name="tensor">The tensor as the file has it: location, perhaps offset and length.</param>
    /// <param name="bytes">Bytes of its values.</param>
    /// <returns>Full path of the file and offset in it.</returns>
    /// <exception cref="AttentionModelException">Missing, outside the folder, too short, or its entry makes no sense.</exception>
    public (string Path, long Offset) Find(TensorProto tensor, long bytes)
    {
        string location = Entry(tensor, "location") ?? "";
        if (!_files.TryGetValue(location, out DataFile? file))
        {
            file = Locate(location, tensor);
            _files.Add(location, file);
        }

        long offset = Number(tensor, "offset") ?? 0;
        long length = Number(tensor, "length") ?? bytes;
        if (length != bytes)
        {
            throw Error(
                tensor, location, $"{bytes} bytes of values", $"an entry of {length} bytes", "The model is damaged: fetch it again.");
        }

        if (offset > file.Length - length)
        {
            string need = $"{length} bytes at {offset}";
            throw file.Length > 0 && FileKind.Guess(file.Path) is { } kind
                ? Error(tensor, location, need, kind.Found, kind.Advice)
                : Error(
                    tensor, location, need, $"a file of {file.Length} bytes",
                    "It is cut short or belongs to another model: fetch both again from the same place.");
        }

        return (file.Path, offset);
    }

    private DataFile Locate(string location, TensorProto tensor)
    {
        if (location.Length == 0 || location.Contains('\0') || Path.IsPathRooted(location))
        {
            throw Outside(location, tensor, location.Length == 0 ? "no name" : "a full path");
        }

        string path = Path.GetFullPath(Path.Combine(_folder, location));
        if (!IsInside(path, _folder))
        {
            throw Outside(location, tensor, "a path that leads out of it");
        }

        if (!File.Exists(path))
        {
            throw Error(
                tensor, location, "the file with its weights beside it", Directory.Exists(path) ? "a folder" : "no such file",
                "Fetch it from where the model came from, and keep both files together.");
        }

        string real = RealPath.Of(path);
        if (!IsInside(real, RealPath.Of(_folder)) && !IsInside(real, Path.GetDirectoryName(RealPath.Of(modelPath))!))
        {
            throw Outside(location, tensor, $"a link to '{real}'");
        }

        var file = new FileInfo(real);
        return file.Exists
            ? new DataFile(path, file.Length)
            : throw Error(
                tensor, location, "the file with its weights beside it", "a link to a file that is not there",
                "Fetch the model again.");
    }

    private static bool IsInside(string path, string folder)
    {
        string prefix = Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar;
        return path.StartsWith(prefix, StringComparison.Ordinal);
    }

    private long? Number(TensorProto tensor, string key) =>
        Entry(tensor, key) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw Error(
            tensor, Entry(tensor, "location") ?? "", $"a number as {key}", $"'{text}'", "The model is damaged: fetch it again.");

    private static string? Entry(TensorProto tensor, string key) => tensor.ExternalData.LastOrDefault(e => e.Key == key)?.Value;

    private AttentionModelException Outside(string location, TensorProto tensor, string found) => Error(
        tensor, location, "the name of a file in the model's folder", found,
        "Such a model could read any file of yours and is refused: do not trust where it came from.");

    private AttentionModelException Error(TensorProto tensor, string location, string expected, string found, string advice) =>
        new(modelPath, $"{expected} ('{location}', for tensor '{tensor.Name}')", found, advice);

    // Where the path is a link: its own path, and the length of the file at its end.
    private sealed record DataFile(string Path, long Length);
}
