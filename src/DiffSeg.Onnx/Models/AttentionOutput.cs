namespace DiffSeg.Onnx;

/// <summary>One output tensor of an attention model.</summary>
/// <param name="Name">Name of the tensor, which is also the name of its column in ML.NET.</param>
/// <param name="Shape">
/// Heads (1 when averaged) and the token grid. The tensor holds [heads, N, N] float32 values in this order, whatever
/// leading dimensions of 1 the file adds; N = height * width of the grid, and each row is a distribution over the grid.
/// </param>
public sealed record AttentionOutput(string Name, AttentionShape Shape);
