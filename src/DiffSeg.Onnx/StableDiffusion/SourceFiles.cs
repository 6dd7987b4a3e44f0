using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>
/// The files that a model is built from, by names that are the same on every machine: the part that a file belongs to,
/// a slash, and its name there. For an export in the usual layout these are its paths within the folder.
/// </summary>
internal sealed class SourceFiles
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);

    /// <summary>Full paths by name.</summary>
    public IReadOnlyDictionary<string, string> Paths => _paths;

    /// <summary>Adds a model, its external data and its configuration.</summary>
    /// <exception cref="AttentionModelException">It is no ONNX model, or lacks its external data.</exception>
    public void Add(ModelPart part)
    {
        IEnumerable<string> data = Tensors.In(OnnxModelFile.Read(part.Path))
            .Where(TensorReference.IsExternal)
            .Select(t => TensorReference.Of(t).Path); // of tensors inside the .onnx itself: its own path
        foreach (string path in data.Append(part.Path).Distinct())
        {
            Add(part.Role, Path.GetRelativePath(part.Folder, path), path);
        }

        if (part.Config is { } config)
        {
            Add(part.Role, Path.GetFileName(config.Path), config.Path);
        }
    }

    /// <summary>Adds the files of a text encoder's tokenizer, where there are any.</summary>
    public void AddTokenizer(ModelPart encoder)
    {
        foreach (string path in TokenizerFiles.Beside(encoder)?.Paths ?? [])
        {
            Add(Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path), path);
        }
    }

    /// <summary>Adds the file or files of a prompt's embedding.</summary>
    public void AddEmbedding(string place)
    {
        foreach (string path in PromptEmbeddingFile.FilesOf(place))
        {
            Add("prompt_embedding", Path.GetFileName(path), path);
        }
    }

    private void Add(string part, string name, string path) =>
        _paths.Add($"{part}/{name.Replace(Path.DirectorySeparatorChar, '/')}", path);
}
