using System.Security.Cryptography;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Evaluating.Attention;

/// <summary>SHA-256 of files, in lower-case hex.</summary>
internal static class FileHash
{
    /// <summary>Of one file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Of a model: of its file, or where its weights are in files beside it, of the hashes of all in order.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">A file of it cannot be read.</exception>
    public static string Of(AttentionModel model)
    {
        IReadOnlyList<string> data = model.FindDataFiles();
        string own = Of(model.Path);
        return data.Count == 0
            ? own
            : Convert.ToHexStringLower(SHA256.HashData(Convert.FromHexString(string.Concat([own, .. data.Select(Of)]))));
    }
}
