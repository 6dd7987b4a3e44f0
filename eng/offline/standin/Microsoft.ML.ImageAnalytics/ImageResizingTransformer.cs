using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Resizes pictures. One that has the size already is passed on as it is, not copied.</summary>
public sealed class ImageResizingTransformer : OneToOneTransformerBase
{
    private readonly ImageResizingEstimator.ResizingKind _kind;
    private readonly ImageResizingEstimator.Anchor _anchor;

    internal ImageResizingTransformer(
        string outputColumnName, string? inputColumnName, int imageWidth, int imageHeight,
        ImageResizingEstimator.ResizingKind resizing, ImageResizingEstimator.Anchor cropAnchor)
        : base(outputColumnName, inputColumnName)
    {
        Guard.Argument(imageWidth > 0, nameof(imageWidth));
        Guard.Argument(imageHeight > 0, nameof(imageHeight));
        Guard.Argument(Enum.IsDefined(resizing), nameof(resizing));
        Guard.Argument(Enum.IsDefined(cropAnchor), "anchor");
        Type = new ImageDataViewType(imageHeight, imageWidth);
        _kind = resizing;
        _anchor = cropAnchor;
    }

    internal ImageDataViewType Type { get; }

    private protected override DataViewType OutputType(DataViewSchema.Column input) => input.Type is ImageDataViewType
        ? Type
        : throw Guard.WrongColumn(input.Name, "image", input.Type);

    private protected override Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer)
    {
        var getSource = input.GetGetter<MLImage?>(column);
        MLImage? source = null;
        disposer = null;
        return (ValueGetter<MLImage?>)((ref MLImage? image) =>
        {
            image?.Dispose();
            getSource(ref source);
            if (source is null)
            {
                return;
            }

            image = source.Width == Type.Width && source.Height == Type.Height
                ? source
                : source.Resized(r => Resizing.Resize(r, Type.Width, Type.Height, _kind, _anchor));
        });
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        SaveColumns(context);
        context.Writer.Write(Type.Width);
        context.Writer.Write(Type.Height);
        context.Writer.Write((byte)_kind);
        context.Writer.Write((byte)_anchor);
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context)
        {
            BinaryReader reader = context.Reader;
            return new ImageResizingTransformer(
                reader.ReadString(), reader.ReadString(), reader.ReadInt32(), reader.ReadInt32(),
                (ImageResizingEstimator.ResizingKind)reader.ReadByte(),
                (ImageResizingEstimator.Anchor)reader.ReadByte());
        }
    }
}
