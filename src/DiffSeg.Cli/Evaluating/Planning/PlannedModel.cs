using DiffSeg.Onnx;

namespace DiffSeg.Cli.Evaluating.Planning;

/// <summary>A model whose attention is evaluated.</summary>
/// <param name="Name">What the user calls it.</param>
/// <param name="Model">The model.</param>
/// <param name="Sha256">Of the files that it consists of, in lower-case hex.</param>
internal sealed record PlannedModel(string Name, AttentionModel Model, string Sha256)
{
    /// <summary>Sides of the resolutions of its attention, finest first.</summary>
    public IReadOnlyList<int> Sides => Weighting.Sides(Model.Outputs.Select(output => output.Shape));

    /// <summary>Whether it comes out of Stable Diffusion: only those have a time step.</summary>
    public bool IsDiffusion => Model.TimeStep is not null;
}
