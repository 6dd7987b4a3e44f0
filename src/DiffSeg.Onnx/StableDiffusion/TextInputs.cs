using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>The empty prompt as a text encoder declares its inputs: names, whole-number types, fixed sizes.</summary>
internal sealed record TextInputs(IReadOnlyList<NamedOnnxValue> Values)
{
    private const string Ids = "input_ids";

    /// <summary>Makes the inputs.</summary>
    /// <param name="part">The text encoder.</param>
    /// <param name="declared">Its inputs.</param>
    /// <param name="width">Width of its hidden states; null when unknown.</param>
    /// <exception cref="AttentionModelException">It has no input for token numbers, or one that nothing is known for.</exception>
    public static TextInputs Of(ModelPart part, IReadOnlyDictionary<string, NodeMetadata> declared, int? width)
    {
        ClipTokenizer tokenizer = ClipTokenizer.Of(part, width);

        // The only input is the tokens, whatever its name.
        var (name, ids) = declared.Count == 1 ? declared.First() : declared.FirstOrDefault(i => i.Key == Ids);
        if (ids is null || ids.Dimensions is not [var batch, var length])
        {
            throw Unknown(part, declared);
        }

        int[] prompt = tokenizer.EmptyPrompt(length > 0 ? length : tokenizer.Length);
        return new([.. declared.Select(i => Value(i.Key, i.Value, i.Key == name ? prompt : Companion(i.Key, prompt.Length) ?? throw Unknown(part, declared)))]);

        // A fixed batch is filled with copies; the first is read.
        NamedOnnxValue Value(string key, NodeMetadata input, int[] row)
        {
            int rows = Math.Max(1, batch);
            int[] shape = [rows, row.Length];
            IEnumerable<int> all = Enumerable.Repeat(row, rows).SelectMany(r => r);
            return input.ElementDataType switch
            {
                TensorElementType.Int32 => NamedOnnxValue.CreateFromTensor(key, new DenseTensor<int>(all.ToArray(), shape)),
                TensorElementType.Int64 => NamedOnnxValue.CreateFromTensor(key, new DenseTensor<long>(all.Select(v => (long)v).ToArray(), shape)),
                _ => throw Unknown(part, declared),
            };
        }
    }

    // Stable Diffusion lets CLIP see the padding as well: nothing is masked.
    private static int[]? Companion(string name, int length) => name switch
    {
        "attention_mask" => [.. Enumerable.Repeat(1, length)],
        "position_ids" => [.. Enumerable.Range(0, length)],
        _ => null,
    };

    private static AttentionModelException Unknown(ModelPart part, IReadOnlyDictionary<string, NodeMetadata> declared) => new(
        part.Path,
        $"a text encoder with the input '{Ids}', int32 or int64 [batch, tokens]",
        string.Join(", ", declared.Select(i => $"'{i.Key}' {i.Value.ElementDataType} of {i.Value.Dimensions?.Length ?? 0} dimensions")),
        $"Name another text encoder (AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.");
}
