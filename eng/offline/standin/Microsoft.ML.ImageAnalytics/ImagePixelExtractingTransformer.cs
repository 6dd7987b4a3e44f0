using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms.Image;

/// <summary>Turns pictures into numbers. It disposes the picture that it read last when its cursor closes.</summary>
public sealed class ImagePixelExtractingTransformer : OneToOneTransformerBase
{
    private readonly PixelLayout _layout;

    internal ImagePixelExtractingTransformer(string outputColumnName, string? inputColumnName, PixelLayout layout)
        : base(outputColumnName, inputColumnName) => _layout = layout;

    private protected override DataViewType OutputType(DataViewSchema.Column input)
    {
        if (input.Type is not ImageDataViewType image)
        {
            throw Guard.WrongColumn(input.Name, "image", input.Type);
        }

        if (image.Height <= 0 || image.Width <= 0)
        {
            throw Guard.WrongColumn(input.Name, "known-size image", "unknown-size image");
        }

        return _layout.TypeFor(image.Height, image.Width);
    }

    private protected override Delegate MakeGetter(
        DataViewRow input, DataViewSchema.Column column, out Action? disposer)
    {
        var type = (ImageDataViewType)column.Type;
        int size = _layout.TypeFor(type.Height, type.Width).Size;
        var getImage = input.GetGetter<MLImage?>(column);
        MLImage? image = null;
        disposer = () =>
        {
            image?.Dispose();
            image = null;
        };
        return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
        {
            getImage(ref image);
            if (image is null)
            {
                // No picture: a vector without explicit values, all zero.
                value = VBufferEditor.Create(ref value, size, valuesCount: 0).Commit();
                return;
            }
            Guard.State(image.Height == type.Height && image.Width == type.Width);
            var editor = VBufferEditor.Create(ref value, size);
            _layout.Extract(image, editor.Values);
            value = editor.Commit();
        });
    }

    private protected override void SaveModel(ModelSaveContext context)
    {
        context.SetLoader<Loader>();
        SaveColumns(context);
        _layout.Save(context.Writer);
    }

    private sealed class Loader : IModelLoader
    {
        public ITransformer Load(IHostEnvironment environment, ModelLoadContext context) =>
            new ImagePixelExtractingTransformer(
                context.Reader.ReadString(), context.Reader.ReadString(), PixelLayout.Load(context.Reader));
    }
}
