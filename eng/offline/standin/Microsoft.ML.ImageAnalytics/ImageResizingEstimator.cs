using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms.Image;

public sealed class ImageResizingEstimator : TrivialEstimator<ImageResizingTransformer>
{
    internal ImageResizingEstimator(ImageResizingTransformer transformer) : base(transformer) { }

    public enum ResizingKind : byte
    {
        /// <summary>Keeps the aspect, all of the picture, black bars.</summary>
        IsoPad = 0,

        /// <summary>Keeps the aspect, cuts the picture.</summary>
        IsoCrop = 1,

        /// <summary>Stretches the picture.</summary>
        Fill = 2,
    }

    /// <summary>The part that cropping keeps.</summary>
    public enum Anchor : byte
    {
        Right = 0,
        Left = 1,
        Top = 2,
        Bottom = 3,
        Center = 4,
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape.Column input = Find(inputSchema, Transformer.InputColumn);
        if (input.ItemType is not ImageDataViewType || input.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            throw Guard.WrongColumn(input.Name, new ImageDataViewType(), input.TypeText);
        }

        return inputSchema.With([SchemaShape.Column.Of(Transformer.OutputColumn, Transformer.Type)]);
    }
}
