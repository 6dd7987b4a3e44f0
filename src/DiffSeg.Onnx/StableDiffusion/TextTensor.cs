using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>One output of a text encoder as float32, the first of its batch.</summary>
/// <param name="Shape">Without the batch: [tokens, width] or [width].</param>
/// <param name="Values">In C order.</param>
internal sealed record TextTensor(int[] Shape, float[] Values)
{
    /// <summary>Copies an output, whatever floating-point type it has.</summary>
    /// <exception cref="AttentionModelException">It is not of floating-point numbers.</exception>
    public static TextTensor Of(string path, NamedOnnxValue output)
    {
        int[] shape;
        float[] values;
        switch (output.Value)
        {
            case DenseTensor<float> tensor:
                (shape, values) = (tensor.Dimensions.ToArray(), tensor.Buffer.ToArray());
                break;
            case DenseTensor<Float16> tensor:
                (shape, values) = (tensor.Dimensions.ToArray(), Array.ConvertAll(tensor.Buffer.ToArray(), v => v.ToFloat()));
                break;
            case DenseTensor<BFloat16> tensor:
                (shape, values) = (tensor.Dimensions.ToArray(), Array.ConvertAll(tensor.Buffer.ToArray(), v => v.ToFloat()));
                break;
            case DenseTensor<double> tensor:
                (shape, values) = (tensor.Dimensions.ToArray(), Array.ConvertAll(tensor.Buffer.ToArray(), v => (float)v));
                break;
            default:
                throw new AttentionModelException(
                    path, $"the output '{output.Name}' as floating-point numbers", output.Value.GetType().Name,
                    $"Name another text encoder (AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.");
        }

        return new(shape[1..], values[..(values.Length / shape[0])]);
    }
}
