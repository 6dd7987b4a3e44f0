using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.StandIn;

/// <summary>An input or output of a model. An unknown first dimension counts as 1, another one as 0: unknown.</summary>
internal sealed record OnnxTensor(string Name, PrimitiveDataViewType Item, int[] Shape)
{
    public VectorDataViewType Type { get; } =
        Shape.Contains(0) ? new VectorDataViewType(Item) : new VectorDataViewType(Item, Shape);

    public static OnnxTensor Of(string name, NodeMetadata metadata, IReadOnlyDictionary<string, int[]> shapes)
    {
        if (!metadata.IsTensor)
        {
            throw new NotSupportedException($"'{name}' is no tensor; the offline stand-in knows tensors only.");
        }

        int[] shape = metadata.Dimensions;
        if (shapes.TryGetValue(name, out int[]? given))
        {
            bool fits = given.Length == shape.Length
                && given.Zip(shape).All(d => d.First == d.Second || d.First <= 0 || d.Second <= 0);
            Guard.Argument(fits, nameof(shapes),
                $"The specified shape {string.Join(",", given)} is not compatible with the shape " +
                $"{string.Join(",", shape)} loaded from the ONNX model file. Only unknown dimension can replace or " +
                "be replaced by another dimension.");
            shape = given;
        }
        int[] adjusted = shape.Length == 0 ? [1] : [.. shape.Select((d, i) => d > 0 ? d : i == 0 ? 1 : 0)];
        return new OnnxTensor(name, ItemOf(metadata), adjusted);
    }

    private static PrimitiveDataViewType ItemOf(NodeMetadata metadata) =>
        (metadata.IsString ? TextDataViewType.Instance : RawTypes.DataViewTypeOf(metadata.ElementType))
        ?? throw new InvalidOperationException($"Unsupported ONNX scalar type: {metadata.ElementDataType}");
}
