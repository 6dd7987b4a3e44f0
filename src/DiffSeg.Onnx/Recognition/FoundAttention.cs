namespace DiffSeg.Onnx.Recognition;

/// <summary>A self-attention layer found in a U-Net.</summary>
/// <param name="Probabilities">Name of the tensor of its probabilities: [.., tokens, tokens], heads in front.</param>
/// <param name="Layer">What it is.</param>
internal sealed record FoundAttention(string Probabilities, AttentionLayer Layer);
