using System.IO.Compression;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace DiffSeg.StandIn;

/// <summary>Reads what a <see cref="ModelSaveContext"/> wrote.</summary>
internal sealed class ModelLoadContext
{
    private readonly ZipArchive _archive;
    private readonly string _folder;

    private ModelLoadContext(ZipArchive archive, string folder, BinaryReader reader)
    {
        _archive = archive;
        _folder = folder;
        Reader = reader;
    }

    public BinaryReader Reader { get; }

    public static ITransformer Load(IHostEnvironment environment, ZipArchive archive, string folder)
    {
        ZipArchiveEntry? entry = archive.GetEntry(folder + ModelFile.ModelEntry);
        Guard.Format(entry is not null, "Corrupt model file: " + folder + ModelFile.ModelEntry + " is missing");
        using var reader = new BinaryReader(entry.Open(), Encoding.UTF8);
        string name = reader.ReadString();
        Type? type = Type.GetType(name);
        Guard.Format(typeof(IModelLoader).IsAssignableFrom(type), $"Couldn't load model: '{name}'");
        var loader = (IModelLoader)Activator.CreateInstance(type!, nonPublic: true)!;
        return loader.Load(environment, new ModelLoadContext(archive, folder, reader));
    }

    public ITransformer LoadPart(IHostEnvironment environment, string name) =>
        Load(environment, _archive, _folder + name + "/");

    public string[] ReadStrings()
    {
        var values = new string[Reader.ReadCount()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Reader.ReadString();
        }

        return values;
    }
}

/// <summary>Makes a transformer from a saved model.</summary>
internal interface IModelLoader
{
    ITransformer Load(IHostEnvironment environment, ModelLoadContext context);
}

internal static class ModelFile
{
    public const string ModelEntry = "Model";
    public const string Transformer = "Transformer/";
    public const string Schema = "Schema";
}
