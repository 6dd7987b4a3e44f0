namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>The prompt as the U-Net sees it. The same for every image, so the model is built with it inside.</summary>
/// <param name="HiddenStates">
/// [1, <paramref name="Tokens"/>, <paramref name="Width"/>] in C order: the input <c>encoder_hidden_states</c>.
/// </param>
/// <param name="Tokens">Length of the prompt in tokens, 77 in CLIP.</param>
/// <param name="Width">Numbers per token.</param>
/// <param name="Pooled">[1, pooled width]: the input <c>text_embeds</c> of SDXL; null for a U-Net without it.</param>
internal sealed record PromptEmbedding(float[] HiddenStates, int Tokens, int Width, float[]? Pooled)
{
    /// <summary>The way out of every trouble with a text encoder, as the end of a piece of advice.</summary>
    public const string HowToGiveFile = "give the embedding as a file (--prompt-embedding, AttentionModelOptions.PromptEmbedding)";

    /// <summary>This embedding, when it fits the U-Net; without the pooled part where the U-Net has no input for it.</summary>
    /// <param name="wanted">What the U-Net takes.</param>
    /// <param name="source">The file or text encoder that the embedding comes from, for messages.</param>
    /// <exception cref="AttentionModelException">It is of another width, lacks the pooled part, or has values that are not finite.</exception>
    public PromptEmbedding For(TextConditioning wanted, string source)
    {
        CheckWidth(source, "encoder_hidden_states", Width, wanted.Width);
        if (wanted.PooledWidth is { } pooledWidth)
        {
            CheckWidth(source, "text_embeds", Pooled?.Length, pooledWidth);
        }

        float[] used = wanted.PooledWidth is null ? HiddenStates : [.. HiddenStates, .. Pooled!];
        return used.All(float.IsFinite)
            ? wanted.PooledWidth is null ? this with { Pooled = null } : this
            : throw new AttentionModelException(
                source, "an embedding of finite numbers", "NaN or infinity",
                $"In 16-bit exports the text encoder may overflow: use the text encoder of a 32-bit export, or {HowToGiveFile}.");
    }

    private static void CheckWidth(string source, string name, int? width, int wanted)
    {
        string expected = $"{name} of width {wanted}, as the U-Net takes";
        if (width is null)
        {
            throw new AttentionModelException(
                source, expected, $"no {name}",
                "SDXL takes two arrays: give a .npz file, or a folder, with encoder_hidden_states and text_embeds.");
        }

        if (width != wanted)
        {
            throw new AttentionModelException(
                source, expected, $"width {width}",
                "Stable Diffusion 1 has width 768, 2 has 1024, XL has 2048 and text_embeds of 1280: use the text encoder "
                    + $"of the same family, or {HowToGiveFile}.");
        }
    }
}
