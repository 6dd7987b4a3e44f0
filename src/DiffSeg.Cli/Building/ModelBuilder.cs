using DiffSeg.Onnx;

namespace DiffSeg.Cli.Building;

/// <summary>The builders of DiffSeg.Onnx.</summary>
internal sealed class ModelBuilder : IModelBuilder
{
    /// <inheritdoc/>
    public AttentionModelReport FromExport(
        string exportFolder, string modelPath, AttentionModelOptions options, IProgress<BuildProgress> progress, CancellationToken cancellationToken) =>
        AttentionModelBuilder.Build(exportFolder, modelPath, options, progress, cancellationToken);

    /// <inheritdoc/>
    public AttentionModelReport FromSam2(
        string encoderPath, string modelPath, WeightStorage weights, float klThreshold, IProgress<BuildProgress> progress, CancellationToken cancellationToken) =>
        Sam2AttentionModel.Build(
            encoderPath, modelPath, new Sam2AttentionOptions { Weights = weights, KlThreshold = klThreshold }, progress, cancellationToken);
}
