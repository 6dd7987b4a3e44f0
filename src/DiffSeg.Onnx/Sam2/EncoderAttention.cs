using DiffSeg.Onnx.Format;

namespace DiffSeg.Onnx.Sam2;

/// <summary>One attention of an encoder: softmax(queries · keys) · values, per head.</summary>
/// <param name="Layer">What it is. Its index is that of its block, for each block has one attention.</param>
/// <param name="Scores">The product of queries [1, heads, tokens, width] and keys [1, heads, width, tokens].</param>
/// <param name="Softmax">The probabilities [1, heads, tokens, tokens].</param>
/// <param name="Result">Their product with the values [1, heads, tokens, width].</param>
internal sealed record EncoderAttention(AttentionLayer Layer, NodeProto Scores, NodeProto Softmax, NodeProto Result)
{
    public string Queries => Scores.Input[0];

    public string Keys => Scores.Input[1];

    public string Values => Result.Input[1];
}
