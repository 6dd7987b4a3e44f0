using System.IO.Compression;
using System.Text;

namespace Microsoft.ML;

/// <summary>
/// Where one model writes itself: an entry of a zip file for its own values, and folders under it for its parts.
/// The format is this stand-in's own.
/// </summary>
public sealed class ModelSaveContext : IDisposable
{
    private readonly ZipArchive _archive;
    private readonly string _folder;
    private readonly MemoryStream _content = new();
    private Type? _loader;

    private ModelSaveContext(ZipArchive archive, string folder)
    {
        _archive = archive;
        _folder = folder;
        Writer = new BinaryWriter(_content, Encoding.UTF8);
    }

    internal BinaryWriter Writer { get; }

    internal static void Save(ZipArchive archive, string folder, ICanSaveModel model)
    {
        using var context = new ModelSaveContext(archive, folder);
        model.Save(context);
        context.Finish();
    }

    /// <summary>Names the type that reads this model back. A model that names none is refused.</summary>
    internal void SetLoader<TLoader>() where TLoader : IModelLoader => _loader = typeof(TLoader);

    internal void SavePart(string name, ICanSaveModel part) => Save(_archive, _folder + name + "/", part);

    internal void WriteStrings(IReadOnlyCollection<string> values)
    {
        Writer.Write(values.Count);
        foreach (string value in values)
        {
            Writer.Write(value);
        }
    }

    public void Dispose() => Writer.Dispose();

    private void Finish()
    {
        Guard.State(_loader is not null, "ModelSignature not specified!");
        Writer.Flush();
        using var entry = new BinaryWriter(_archive.CreateEntry(_folder + ModelFile.ModelEntry).Open(), Encoding.UTF8);
        entry.Write(_loader.AssemblyQualifiedName!);
        entry.Write(_content.GetBuffer().AsSpan(0, (int)_content.Length));
    }
}
