using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Aggregation;

/// <summary>The attention probabilities of one layer in a graph under construction.</summary>
/// <param name="Probabilities">[.., tokens, tokens], pictures in front where there are several, then heads.</param>
/// <param name="Heads">Number of heads.</param>
/// <param name="Height">Rows of the token grid.</param>
/// <param name="Width">Columns of the token grid.</param>
internal readonly record struct LayerValue(Value Probabilities, int Heads, int Height, int Width)
{
    /// <summary>How many pictures it is of.</summary>
    public PicturesPerRun Pictures { get; init; } = new(1);

    public long Tokens => (long)Height * Width;
}
