using System.IO.Compression;
using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>
/// A prompt's embedding as NumPy writes it: a .npy file with the hidden states, or a .npz file (or a folder of .npy
/// files) with the hidden states and, for SDXL, the pooled embedding.
/// </summary>
internal static class PromptEmbeddingFile
{
    private const string Extension = ".npy";

    // As the U-Net's inputs are called, and as the pipelines of diffusers call the same.
    private static readonly string[] HiddenNames = ["encoder_hidden_states", "prompt_embeds"];
    private static readonly string[] PooledNames = ["text_embeds", "pooled_prompt_embeds"];

    private static readonly string Expected =
        $"a prompt's embedding: .npy with [1, tokens, width], or .npz (or a folder of .npy files) with "
        + $"'{HiddenNames[0]}' and, for SDXL, '{PooledNames[0]}'";

    /// <summary>Reads and checks an embedding.</summary>
    /// <param name="path">A .npy file, a .npz file, or a folder of .npy files.</param>
    /// <param name="wanted">What the U-Net takes.</param>
    /// <exception cref="AttentionModelException">There is no such file, it is of another kind or does not fit the U-Net.</exception>
    public static PromptEmbedding Read(string path, TextConditioning wanted)
    {
        path = Path.GetFullPath(path);
        PromptEmbedding embedding = Directory.Exists(path) ? FromFolder(path) : FromFile(path);
        return embedding.For(wanted, path);
    }

    /// <summary>The files that <see cref="Read"/> reads.</summary>
    public static IReadOnlyList<string> FilesOf(string path)
    {
        path = Path.GetFullPath(path);
        return Directory.Exists(path)
            ? [.. new[] { HiddenNames, PooledNames }.Select(names => InFolder(path, names)).OfType<string>()]
            : [path];
    }

    private static PromptEmbedding FromFile(string path)
    {
        if (!File.Exists(path))
        {
            throw new AttentionModelException(path, Expected, "no such file", "Check the path.");
        }

        // By the first bytes, not by the name: both kinds are often called as the other.
        Span<byte> start = stackalloc byte[4];
        using (FileStream stream = File.OpenRead(path))
        {
            stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        }

        if (start.SequenceEqual("PK\u0003\u0004"u8))
        {
            return FromArchive(path);
        }

        return start[0] == 0x93
            ? Of(path, ReadFile(path), null)
            : throw new AttentionModelException(
                path, Expected, FileKind.Guess(path)?.Found ?? "another kind of file",
                "Save it with numpy.save or, for SDXL, numpy.savez(file, encoder_hidden_states=..., text_embeds=...).");
    }

    private static PromptEmbedding FromFolder(string folder)
    {
        string hidden = InFolder(folder, HiddenNames) ?? throw NoHiddenStates(folder, FolderListing.Of(folder));
        return Of(folder, ReadFile(hidden), InFolder(folder, PooledNames) is { } pooled ? ReadFile(pooled) : null);
    }

    private static PromptEmbedding FromArchive(string path)
    {
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            NumpyArray hidden = Entry(zip, HiddenNames, path)
                ?? throw NoHiddenStates(path, string.Join(", ", zip.Entries.Select(e => e.FullName)));
            return Of(path, hidden, Entry(zip, PooledNames, path));
        }
        catch (InvalidDataException cause)
        {
            throw new AttentionModelException(path, Expected, "a damaged zip archive", "Fetch or save the file again.", cause);
        }
    }

    private static NumpyArray? Entry(ZipArchive zip, string[] names, string path)
    {
        ZipArchiveEntry? entry = names.Select(n => zip.GetEntry(n + Extension)).FirstOrDefault(e => e is not null);
        if (entry is null)
        {
            return null;
        }

        using Stream stream = entry.Open();
        return NumpyArray.Read(stream, path);
    }

    private static NumpyArray ReadFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return NumpyArray.Read(stream, path);
    }

    private static string? InFolder(string folder, string[] names) =>
        names.Select(n => Path.Combine(folder, n + Extension)).FirstOrDefault(File.Exists);

    private static PromptEmbedding Of(string path, NumpyArray hidden, NumpyArray? pooled)
    {
        var (tokens, width) = hidden.Shape switch
        {
            [1, > 0 and var t, > 0 and var w] => (t, w),
            [> 0 and var t, > 0 and var w] => (t, w),
            _ => throw WrongShape(path, $"{HiddenNames[0]} of [1, tokens, width] or [tokens, width]", hidden),
        };
        return pooled?.Shape is null or [> 0] or [1, > 0]
            ? new PromptEmbedding(hidden.Values, tokens, width, pooled?.Values)
            : throw WrongShape(path, $"{PooledNames[0]} of [1, width] or [width]", pooled);
    }

    private static AttentionModelException NoHiddenStates(string path, string found) =>
        new(path, Expected, found, $"Save the array under the name '{HiddenNames[0]}'.");

    private static AttentionModelException WrongShape(string path, string expected, NumpyArray array) => new(
        path, expected, $"[{string.Join(", ", array.Shape)}]",
        "Save the embedding of one prompt: not a batch, and not the prompt together with its negative.");
}
