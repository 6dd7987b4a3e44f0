using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>
/// One SHA-256 for a set of files: that of the text which <c>sha256sum</c> prints for them in order of their names
/// (<c>LC_ALL=C</c>), so that anyone can check it.
/// </summary>
internal static class SourceHash
{
    private const int BlockSize = 1 << 20;

    /// <summary>Hashes files block by block; a file's place and the order of the folder do not matter.</summary>
    /// <param name="files">Full paths by the names that they have in the hash, with forward slashes.</param>
    /// <param name="progress">Told the share of bytes that are done, from 0 to 1.</param>
    /// <param name="cancellationToken">Checked at every block.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static string Of(
        IReadOnlyDictionary<string, string> files, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        long total = files.Values.Sum(Length), done = 0;
        var list = new StringBuilder();
        var block = new byte[BlockSize];
        foreach (var (name, path) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
            for (int read; (read = stream.Read(block)) > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(block, 0, read);
                done += read;
                progress?.Report((double)done / total);
            }

            list.Append(Convert.ToHexStringLower(hash.GetHashAndReset())).Append("  ").Append(name).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(list.ToString())));
    }

    // Of the file at its end, where the path is a link.
    private static long Length(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        return RandomAccess.GetLength(file);
    }
}
