using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Data;

public sealed class ImageLoadingEstimator : TrivialEstimator<ImageLoadingTransformer>
{
    internal ImageLoadingEstimator(ImageLoadingTransformer transformer) : base(transformer) { }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column input = Find(inputSchema, Transformer.InputColumn);
        if (input.ItemType is not TextDataViewType || input.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            throw Guard.WrongColumn(input.Name, TextDataViewType.Instance, input.TypeText);
        }

        return inputSchema.With([SchemaShape.Column.Of(Transformer.OutputColumn, new ImageDataViewType())]);
    }
}

/// <summary>Loads picture files. An empty path gives no picture: null.</summary>
public sealed class ImageLoadingTransformer : OneToOneTransformerBase
{
    /// <summary>The folder, in full; null for none.</summary>
    public readonly string ImageFolder;

    internal ImageLoadingTransformer(string outputColumnName, string? inputColumnName, string? imageFolder)
        : base(outputColumnName, inputColumnName)
    {
        if (!string.IsNullOrEmpty(imageFolder) && !Directory.Exists(imageFolder))
        {
            throw new ArgumentException($"Directory \"{imageFolder}\" does not exist.");
        }

        ImageFolder = string.IsNullOrEmpty(imageFolder) ? null! : Path.GetFullPath(imageFolder);
    }

    private ImageLoadingTransformer(ModelLoadContext context) : base(context) =>
        ImageFolder = context.Reader.ReadBoolean() ? context.Reader.ReadString() : null!;

    private protected override DataViewType OutputType(DataViewSchema.Column input) => input.Type is TextDataViewType
        ? new ImageDataViewType()
        : throw Guard.WrongColumn(input.Name, TextDataViewType.Instance, input.Type);

    private protected override Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer)
    {
        var getPath = input.GetGetter<ReadOnlyMemory<char>>(column);
        ReadOnlyMemory<char> path = default;
        MLImage? last = null;
        disposer = () => last?.Dispose();
        return (ValueGetter<MLImage?>)((ref MLImage? image) =>
        {
            image?.Dispose();
            image = null;
            getPath(ref path);
            if (path.Length > 0)
            {
                image = Load(path.ToString());
            }

            last = image;
        });
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        SaveColumns(context);
        context.Writer.Write(ImageFolder is not null);
        if (ImageFolder is not null)
        {
            context.Writer.Write(ImageFolder);
        }
    }

    private MLImage Load(string path)
    {
        if (ImageFolder is not null)
        {
            path = Path.Combine(ImageFolder, path);
        }
        // The file is not kept open.
        using var bytes = new MemoryStream(File.ReadAllBytes(path));
        MLImage image = MLImage.CreateFromStream(bytes);
        image.Tag = path;
        return image;
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new ImageLoadingTransformer(context);
    }
}
