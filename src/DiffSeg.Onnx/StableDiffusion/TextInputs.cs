using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>The empty prompt as a text encoder declares its inputs: by their names, whole-number types and fixed sizes.</summary>
/// <param name="part">The text encoder.</param>
/// <param name="declared">Its inputs.</param>
internal sealed class TextInputs(ModelPart part, IReadOnlyDictionary<string, NodeMetadata> declared)
{
    private const string Ids = "input_ids";

    /// <summary>Makes the inputs.</summary>
    /// <param name="width">Width of the encoder's hidden states; null when unknown.</param>
    /// <exception cref="AttentionModelException">It has no input for token numbers, or one that nothing is known for.</exception>
    public IReadOnlyCollection<NamedOnnxValue> EmptyPrompt(int? width)
    {
        // An only input is the tokens, whatever its name.
        var (ids, input) = declared.Count == 1 ? declared.First() : declared.FirstOrDefault(i => i.Key == Ids);
        if (input?.Dimensions is not [var batch, var length])
        {
            throw Unknown();
        }

        ClipTokenizer tokenizer = ClipTokenizer.Of(part, width);
        int[] prompt = tokenizer.EmptyPrompt(length > 0 ? length : tokenizer.Length);

        // A fixed batch is filled with copies; the first is read.
        return [.. declared.Select(i => Value(i.Key, i.Value, i.Key == ids ? prompt : Companion(i.Key, prompt.Length), Math.Max(1, batch)))];
    }

    // Stable Diffusion lets CLIP see the padding as well: nothing is masked.
    private int[] Companion(string name, int length) => name switch
    {
        "attention_mask" => [.. Enumerable.Repeat(1, length)],
        "position_ids" => [.. Enumerable.Range(0, length)],
        _ => throw Unknown(),
    };

    private NamedOnnxValue Value(string name, NodeMetadata input, int[] row, int rows)
    {
        int[] shape = [rows, row.Length];
        int[] all = [.. Enumerable.Repeat(row, rows).SelectMany(r => r)];
        return input.ElementDataType switch
        {
            TensorElementType.Int32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<int>(all, shape)),
            TensorElementType.Int64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(Array.ConvertAll(all, v => (long)v), shape)),
            _ => throw Unknown(),
        };
    }

    private AttentionModelException Unknown() => new(
        part.Path,
        $"a text encoder with the input '{Ids}', int32 or int64 [batch, tokens]",
        string.Join(", ", declared.Select(i => $"'{i.Key}' {i.Value.ElementDataType} of {i.Value.Dimensions.Length} dimensions")),
        $"Name another text encoder (AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.");
}
