namespace DiffSeg.Cli.Benchmarking.Inputs;

/// <summary>The attention of one picture, from which measurements start.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Shapes">The shapes of its tensors.</param>
/// <param name="Tensors">Their values, each [heads, N, N].</param>
/// <param name="KlThreshold">The threshold of each of the three iterations.</param>
/// <param name="IsPicture">Whether a model gave it for a picture; otherwise it comes from a formula.</param>
internal sealed record AttentionInput(
    string Name, IReadOnlyList<AttentionShape> Shapes, IReadOnlyList<float[]> Tensors, float KlThreshold, bool IsPicture)
{
    /// <summary>The shape of the finest tensor, which is the aggregated map's.</summary>
    public AttentionShape Finest => Shapes.MaxBy(shape => shape.Tokens);

    /// <summary>Bytes of all tensors.</summary>
    public long Bytes => Tensors.Sum(tensor => (long)tensor.Length * sizeof(float));
}
