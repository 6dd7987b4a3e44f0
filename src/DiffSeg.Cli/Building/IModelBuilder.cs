using DiffSeg.Onnx;

namespace DiffSeg.Cli.Building;

/// <summary>Builds attention models.</summary>
internal interface IModelBuilder
{
    /// <summary>From an ONNX export of Stable Diffusion.</summary>
    /// <param name="exportFolder">The export.</param>
    /// <param name="modelPath">Where the model shall be.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops it; then nothing new is left.</param>
    /// <exception cref="IOException">It cannot be built; the message says why.</exception>
    AttentionModelReport FromExport(
        string exportFolder, string modelPath, AttentionModelOptions options, IProgress<BuildProgress> progress, CancellationToken cancellationToken);

    /// <summary>From SAM 2's image encoder.</summary>
    /// <param name="encoderPath">The encoder.</param>
    /// <param name="modelPath">Where the model shall be.</param>
    /// <param name="weights">How weights are stored.</param>
    /// <param name="klThreshold">The KL threshold that it recommends.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <param name="cancellationToken">Stops it; then nothing new is left.</param>
    /// <exception cref="IOException">It cannot be built; the message says why.</exception>
    AttentionModelReport FromSam2(
        string encoderPath, string modelPath, WeightStorage weights, float klThreshold, IProgress<BuildProgress> progress, CancellationToken cancellationToken);
}
