using System.Security.Cryptography;

namespace DiffSeg.Onnx.Demo;

/// <summary>
/// Bytes that must exist as a file. The name holds their hash, so that versions do not meet; the file appears whole
/// (written under another name, then renamed), so that processes do not meet either; a damaged one is replaced.
/// </summary>
internal sealed class MaterialisedFile(string stem, string extension, byte[] content)
{
    private readonly string _name = $"{stem}-{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}{extension}";

    /// <summary>The path of the intact file, written if need be into the first of the folders that allows it.</summary>
    /// <exception cref="AttentionModelException">None of the folders could be written.</exception>
    public string PathIn(IEnumerable<string> folders)
    {
        List<Exception> causes = [];
        string path = _name;
        foreach (string folder in folders)
        {
            path = Path.Combine(folder, _name);
            try
            {
                if (!IsIntact(path))
                {
                    Write(path);
                }

                return path;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                causes.Add(e);
            }
        }

        throw new AttentionModelException(
            path,
            "a folder to put this file into",
            string.Join(" and ", causes.Select(c => c.Message)),
            "Make one of these folders writable, or point XDG_DATA_HOME (Linux), HOME or TMPDIR at one that is.",
            new AggregateException(causes));
    }

    private bool IsIntact(string path) =>
        new FileInfo(path) is { Exists: true } file
        && file.Length == content.Length
        && File.ReadAllBytes(path).AsSpan().SequenceEqual(content);

    private void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, content);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && IsIntact(path))
        {
            // Windows does not replace a file that is open: another process was first, and did the same.
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
