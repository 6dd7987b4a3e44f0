namespace DiffSeg.Onnx.StableDiffusion;

/// <summary>Runs an export's text encoders on the empty prompt and puts their outputs together as the U-Net takes them.</summary>
internal static class TextEncoders
{
    /// <summary>The embedding of the empty prompt.</summary>
    /// <param name="encoders">One (Stable Diffusion 1, 2, the refiner of XL) or two (XL), in their order.</param>
    /// <param name="wanted">What the U-Net takes.</param>
    /// <param name="cancellationToken">Checked before each encoder.</param>
    /// <exception cref="AttentionModelException">An encoder cannot be run, or the result does not fit the U-Net.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PromptEmbedding Embed(
        IReadOnlyList<ModelPart> encoders, TextConditioning wanted, CancellationToken cancellationToken)
    {
        PromptEmbedding embedding = wanted.PooledWidth is { } pooledWidth
            ? Joined(encoders, pooledWidth, cancellationToken)
            : Single(encoders[0], wanted.Width, cancellationToken);
        return embedding.For(wanted, string.Join(" + ", encoders.Select(e => e.Path)));
    }

    private static PromptEmbedding Single(ModelPart part, int width, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var encoder = new TextEncoder(part);
        TextTensor states = encoder.Run([encoder.Outputs.LastHiddenState(width)])[0];
        return Checked(part, states, null);
    }

    // Token by token, the numbers of the first encoder and then those of the second; pooled by the last one only.
    private static PromptEmbedding Joined(
        IReadOnlyList<ModelPart> parts, int pooledWidth, CancellationToken cancellationToken)
    {
        var embeddings = new List<PromptEmbedding>();
        foreach (ModelPart part in parts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var encoder = new TextEncoder(part);
            string states = encoder.Outputs.PenultimateHiddenState();
            string[] names = part == parts[^1] ? [states, encoder.Outputs.TextEmbeds(pooledWidth)] : [states];
            IReadOnlyList<TextTensor> outputs = encoder.Run(names);
            embeddings.Add(Checked(part, outputs[0], outputs.ElementAtOrDefault(1)?.Values));
        }

        int tokens = embeddings[0].Tokens;
        if (embeddings.Any(e => e.Tokens != tokens))
        {
            throw new AttentionModelException(
                parts[^1].Path, $"{tokens} tokens, as '{parts[0].Path}' has", $"{embeddings[^1].Tokens}",
                $"Use text encoders of one export, or {PromptEmbedding.HowToGiveFile}.");
        }

        int width = embeddings.Sum(e => e.Width);
        float[] joined =
        [
            .. Enumerable.Range(0, tokens).SelectMany(t => embeddings.SelectMany(
                e => new ArraySegment<float>(e.HiddenStates, t * e.Width, e.Width))),
        ];
        return new(joined, tokens, width, embeddings[^1].Pooled);
    }

    private static PromptEmbedding Checked(ModelPart part, TextTensor states, float[]? pooled) =>
        states.Shape is [> 0 and var tokens, > 0 and var width]
            ? new(states.Values, tokens, width, pooled)
            : throw new AttentionModelException(
                part.Path, "hidden states of [batch, tokens, width]",
                $"[batch, {string.Join(", ", states.Shape)}]",
                $"Name another text encoder (AttentionModelOptions.TextEncoder), or {PromptEmbedding.HowToGiveFile}.");
}
