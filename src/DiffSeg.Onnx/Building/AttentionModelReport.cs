namespace DiffSeg.Onnx;

/// <summary>What came out of building an attention model.</summary>
/// <param name="Model">The model that was written.</param>
/// <param name="Layers">The self-attention layers that it reads, in the order of execution.</param>
/// <param name="Before">The networks that it was built from.</param>
/// <param name="After">The model.</param>
public sealed record AttentionModelReport(
    AttentionModel Model, IReadOnlyList<AttentionLayer> Layers, GraphSize Before, GraphSize After);
