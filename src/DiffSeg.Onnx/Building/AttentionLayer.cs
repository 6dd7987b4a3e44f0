namespace DiffSeg.Onnx;

/// <summary>One self-attention layer that was found in a network.</summary>
/// <param name="Index">Place in the order of execution, from 0.</param>
/// <param name="Name">Its name in the export: the module's path where the exporter kept it, else the node's.</param>
/// <param name="Heads">Number of attention heads.</param>
/// <param name="Height">Rows of its token grid.</param>
/// <param name="Width">Columns of its token grid.</param>
public sealed record AttentionLayer(int Index, string Name, int Heads, int Height, int Width);
