using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;

namespace DiffSeg.Onnx.Building;

/// <summary>The VAE encoder of an export on its way into an attention model: from the image to the scaled mean of its latent.</summary>
internal sealed class VaePart(Network network)
{
    // An image is eight times as long and wide as its latent.
    public const int Reduction = 8;

    private const string Expected = "a VAE encoder: one input [1, 3, height, width], one output [1, channels or 2 · channels, height / 8, width / 8]";

    public Network Network => network;

    /// <summary>Name of the input that takes the image.</summary>
    public string Image => network.Graph.Input[0].Name;

    /// <summary>Fixes all shapes and makes the graph end in the mean of the latent times a factor.</summary>
    /// <param name="imageHeight">Height of the image in pixels.</param>
    /// <param name="imageWidth">Width of the image in pixels.</param>
    /// <param name="channels">Channels of the latent that the U-Net takes; null where it does not say.</param>
    /// <param name="factor">The scaling factor.</param>
    /// <returns>Channels of the latent.</returns>
    /// <exception cref="AttentionModelException">It is no VAE encoder, or does not fit the U-Net.</exception>
    public int EndInLatent(int imageHeight, int imageWidth, int? channels, float factor)
    {
        GraphProto graph = network.Graph;
        if (graph.Input.Count != 1 || graph.Output.Count < 1 || graph.Input[0].Type?.TensorType?.Shape?.Dim.Count != 4)
        {
            throw NotVae(string.Join(", ", graph.Input.Concat(graph.Output).Select(TensorText.Of)));
        }

        while (graph.Output.Count > 1)
        {
            graph.Output.RemoveAt(1);
        }

        FixedShape.Set(graph.Input[0], 1, 3, imageHeight, imageWidth);
        string output = graph.Output[0].Name;
        long[] shape = ShapeFolding.Fold(network.Model, [output], network.Path)[output];
        if (shape is not [1, var depth, var rows, var columns] || rows * Reduction != imageHeight || columns * Reduction != imageWidth)
        {
            throw NotVae($"an output [{string.Join(", ", shape)}] for an image of {imageHeight} x {imageWidth} pixels");
        }

        // The exporters' names tell mean and log-variance from a sample; the U-Net's channels tell them in any case.
        bool isMoments = channels is { } wanted ? depth == 2 * wanted : output.Contains("parameters", StringComparison.Ordinal);
        long latent = isMoments ? depth / 2 : depth;
        if (channels is { } taken && latent != taken)
        {
            throw new AttentionModelException(
                network.Path, $"a VAE encoder that fits the U-Net: {taken} latent channels, or {2 * taken} of their mean and log-variance",
                $"{depth} channels", "Give the VAE encoder of the same model.");
        }

        var builder = new GraphBuilder(graph, network.OperatorSet);
        Value mean = isMoments ? builder[output].Slice(builder.Index(0), builder.Integers([latent]), builder.Index(1)) : builder[output];
        graph.Output.Clear();
        builder.Output(mean * factor, 1, latent, rows, columns);
        return (int)latent;
    }

    private AttentionModelException NotVae(string found) =>
        new(network.Path, Expected, found, "Give the VAE encoder of the export; its decoder will not do.");
}
