using System.Collections.Concurrent;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>
/// The tests over whole exports, one after another: the large sizes take gigabytes. Each model is built once for all of them.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeExports : ICollectionFixture<BuiltModels>
{
    public const string Name = "Whole exports";
}

/// <summary>Built models by what they were built from, with which options.</summary>
public sealed class BuiltModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentDictionary<(string, AttentionModelOptions, bool), BuiltModel> _models = [];

    /// <summary>The model from the image, as a user builds it.</summary>
    internal BuiltModel FromImage(ExportSet set, AttentionModelOptions options) =>
        _models.GetOrAdd((set.Name, options, false), _ =>
        {
            AttentionModelReport report = AttentionModelBuilder.Build(set.Folder, NewPath(), set.FromImage(options));
            return new BuiltModel(report.Model.Path, report.Layers, report.Before, report.After, report.Model);
        });

    /// <summary>The model from the scaled latent, with the reference's embedding: the U-Net alone.</summary>
    internal BuiltModel FromLatent(ExportSet set, AttentionModelOptions options) =>
        _models.GetOrAdd((set.Name, options, true), _ =>
        {
            string path = NewPath();
            var (layers, before, after) = AttentionModelBuilder.Write(
                set.Folder, path, set.FromLatent(options), fromLatent: true, null, TestContext.Current.CancellationToken);
            return new BuiltModel(path, layers, before, after, null);
        });

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private string NewPath() => _folder.File($"{_models.Count}-{Guid.NewGuid():N}.onnx");
}

/// <summary>One built model; Model is null when it starts from the latent.</summary>
internal sealed record BuiltModel(
    string Path, IReadOnlyList<AttentionLayer> Layers, GraphSize Before, GraphSize After, AttentionModel? Model)
{
    /// <summary>Runs it and hands each output to the reader, in the file's order; the values live only as long.</summary>
    public void Run(float[] input, long[] shape, OnnxRun.Reader read) => OnnxRun.Of(Path, input, shape, read);
}
