namespace DiffSeg.Onnx;

/// <summary>One output tensor of an attention model.</summary>
/// <param name="Name">Name of the tensor, which is also the name of its column in ML.NET.</param>
/// <param name="Shape">
/// Heads (1 when averaged) and the token grid. For each picture of a run (<see cref="AttentionModel.BatchSize"/>), one
/// picture after another, the tensor holds [heads, N, N] float32 values in this order, whatever dimensions of 1 the file
/// adds; N = height * width of the grid, and each row is a distribution over the grid. Of the form
/// <see cref="AttentionForm.Merged"/> it holds [anchors, N], and 1 head stands here.
/// </param>
public sealed record AttentionOutput(string Name, AttentionShape Shape)
{
    /// <summary>Maps of N values in one picture's part of the tensor: heads x N, or one for each anchor where they are merged.</summary>
    public int Maps { get; init; } = checked(Shape.Heads * Shape.Tokens);
}
