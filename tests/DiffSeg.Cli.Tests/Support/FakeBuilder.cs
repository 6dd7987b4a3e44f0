using DiffSeg.Cli.Building;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Support;

/// <summary>Makes every model a copy of the demo model, and writes down what it was made of.</summary>
internal sealed class FakeBuilder : IModelBuilder
{
    /// <summary>What the builder was given, in its order.</summary>
    public List<(string Source, string ModelPath, AttentionModelOptions? Options)> Built { get; } = [];

    /// <summary>The files of the last source, as they were when the model was built.</summary>
    public string[] SourceFiles { get; private set; } = [];

    public Exception? Failure { get; set; }

    public AttentionModelReport FromExport(
        string exportFolder, string modelPath, AttentionModelOptions options, IProgress<BuildProgress> progress, CancellationToken cancellationToken)
    {
        SourceFiles =
        [
            .. Directory.EnumerateFiles(exportFolder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(exportFolder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
        return Copy(exportFolder, modelPath, options, progress);
    }

    public AttentionModelReport FromSam2(
        string encoderPath, string modelPath, WeightStorage weights, float klThreshold, IProgress<BuildProgress> progress, CancellationToken cancellationToken)
    {
        SourceFiles = [File.ReadAllText(encoderPath)];
        return Copy(encoderPath, modelPath, null, progress);
    }

    private AttentionModelReport Copy(string source, string modelPath, AttentionModelOptions? options, IProgress<BuildProgress> progress)
    {
        if (Failure is { } problem)
        {
            throw problem;
        }

        progress.Report(new BuildProgress("copying", 0));
        File.Copy(AttentionModel.Demo.Path, modelPath, overwrite: true);
        progress.Report(new BuildProgress("copying", 1));
        Built.Add((source, modelPath, options));
        return new AttentionModelReport(
            AttentionModel.Load(modelPath), [new AttentionLayer(0, "down_blocks.0.attn1", 8, 64, 48)], new GraphSize(4321, 1_066_000_000, 4_264_000_000), new GraphSize(1234, 999, 350_000));
    }
}
