using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Networks;

namespace DiffSeg.Onnx.Building;

/// <summary>Which input of a U-Net is which: told by its rank, and among vectors by its name.</summary>
internal sealed record UNetInputs(
    ValueInfoProto Sample, ValueInfoProto TimeStep, ValueInfoProto Prompt, ValueInfoProto? PooledPrompt, ValueInfoProto? TimeIds)
{
    private const string Expected =
        "the inputs of a Stable Diffusion U-Net: sample [1, channels, h, w], timestep, encoder_hidden_states [1, tokens, width], and for XL text_embeds [1, width] and time_ids [1, 6]";

    /// <exception cref="AttentionModelException">One is missing, or there is one more.</exception>
    public static UNetInputs Of(Network unet)
    {
        ValueInfoProto? sample = null, time = null, prompt = null, pooled = null, ids = null;
        foreach (ValueInfoProto input in unet.Graph.Input)
        {
            int? rank = input.Type?.TensorType?.Shape?.Dim.Count;
            switch (rank)
            {
                case 4 when sample is null:
                    sample = input;
                    break;
                case 3 when prompt is null:
                    prompt = input;
                    break;
                case 2 when input.Name.EndsWith("text_embeds", StringComparison.Ordinal):
                    pooled = input;
                    break;
                case 2 when input.Name.EndsWith("time_ids", StringComparison.Ordinal):
                    ids = input;
                    break;
                case 0 or 1 or null when time is null:
                    time = input;
                    break;
                default:
                    throw NotUNet(unet, $"the further input {TensorText.Of(input)}");
            }
        }

        return sample is not null && time is not null && prompt is not null
            ? new UNetInputs(sample, time, prompt, pooled, ids)
            : throw NotUNet(unet, unet.Graph.Input.Count == 0 ? "no inputs" : string.Join(", ", unet.Graph.Input.Select(TensorText.Of)));
    }

    /// <summary>Size of an axis: as declared, else as the first convolution or product with a weight has it; null where neither says.</summary>
    public static int? SizeOf(Network unet, ValueInfoProto input, int axis)
    {
        if (input.Type.TensorType.Shape.Dim[axis] is { HasDimValue: true, DimValue: > 0 and <= int.MaxValue } declared)
        {
            return (int)declared.DimValue;
        }

        // Convolutions hold [out, in, ..], products [in, out]: either way the reading axis follows from the operator.
        var weights = unet.Graph.Initializer.ToDictionary(t => t.Name);
        return unet.Graph.Node
            .Where(n => n.OpType is "Conv" or "MatMul" && n.Input[0] == input.Name && weights.ContainsKey(n.Input[1]))
            .Select(n => (int?)weights[n.Input[1]].Dims[n.OpType == "Conv" ? 1 : 0])
            .FirstOrDefault();
    }

    private static AttentionModelException NotUNet(Network unet, string found) => new(
        unet.Path, Expected, found,
        "Give the U-Net of a Stable Diffusion 1.x, 2.x or XL export for text to image, without ControlNet or other additions.");
}
