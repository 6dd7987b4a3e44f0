using DiffSeg.Onnx.Aggregation;
using DiffSeg.Onnx.Batching;
using DiffSeg.Onnx.Building;
using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Recognition;
using DiffSeg.Onnx.StableDiffusion;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx;

/// <summary>
/// Builds attention models from ONNX exports of Stable Diffusion (Tian et al., CVPR 2024, section 3.1): image, VAE
/// encoder, mean of the latent times its scaling factor, one pass of the U-Net at one time step with the empty prompt,
/// self-attention. Only what the attention needs is kept, and what does not depend on the image is computed beforehand.
/// </summary>
public static class AttentionModelBuilder
{
    private const int XlSampleSize = 128;

    /// <summary>Builds an attention model.</summary>
    /// <param name="exportFolder">
    /// A folder in the layout of diffusers: <c>unet/</c>, <c>vae_encoder/</c> and <c>text_encoder/</c>, each with a
    /// .onnx file, with or without external data.
    /// </param>
    /// <param name="modelPath">The .onnx file to write; it appears whole or not at all.</param>
    /// <param name="options">Size, form, time step, storage; null for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it; nothing is left behind.</param>
    /// <returns>The model, the layers it reads, and its size before and after.</returns>
    /// <exception cref="ArgumentException">
    /// A path is null or empty, or the form <see cref="AttentionForm.Merged"/> is to take several pictures in a run or to have
    /// more anchors per side than the finest attention has tokens.
    /// </exception>
    /// <exception cref="AttentionModelException">
    /// The folder is no export, a file is missing or damaged, the networks do not fit each other or the size, no
    /// self-attention was found, or a network cannot take several pictures in a run; the message says what was looked for, what was found and what to do.
    /// </exception>
    /// <exception cref="IOException">The model cannot be written.</exception>
    /// <exception cref="InvalidOperationException">ONNX Runtime's native library is missing from the application.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static AttentionModelReport Build(
        string exportFolder,
        string modelPath,
        AttentionModelOptions? options = null,
        IProgress<BuildProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(exportFolder);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        NativeOnnxRuntime.Require();
        string path = Path.GetFullPath(modelPath);
        var (layers, before, after) = Write(exportFolder, path, options ?? new(), fromLatent: false, progress, cancellationToken);
        return new AttentionModelReport(AttentionModel.Load(path), layers, before, after);
    }

    /// <summary>The same, or with the scaled latent image as input in place of the image.</summary>
    internal static (IReadOnlyList<AttentionLayer> Layers, GraphSize Before, GraphSize After) Write(
        string exportFolder, string path, AttentionModelOptions options, bool fromLatent, IProgress<BuildProgress>? progress, CancellationToken cancellationToken)
    {
        PicturesPerRun pictures = PicturesPerRun.For(options.BatchSize, options.Form);
        progress?.Report(new BuildProgress("Reading the export", 0));
        StableDiffusionExport export = StableDiffusionExport.Open(exportFolder, options);
        var unet = new UNetPart(Network.Load(export.UNetPath));
        VaePart? vae = fromLatent ? null : new VaePart(Network.Load(export.VaeEncoderPath));
        AlignOperatorSets(unet.Network, vae?.Network);
        cancellationToken.ThrowIfCancellationRequested();

        progress?.Report(new BuildProgress("Embedding the prompt", 0));
        TextConditioning conditioning = unet.Conditioning;
        PromptEmbedding prompt = export.Embed(conditioning, cancellationToken);

        progress?.Report(new BuildProgress("Finding the self-attention", 0));
        float factor = VaeConfig.FactorFor(export.ScalingFactor, isXl: conditioning.PooledWidth is not null);
        int channels = vae?.EndInLatent(options.ImageHeight, options.ImageWidth, unet.Channels, factor) ?? unet.Channels ?? 4;
        IReadOnlyList<FoundAttention> found = unet.FindAttention(
            channels, options.ImageHeight / VaePart.Reduction, options.ImageWidth / VaePart.Reduction, prompt);
        // XL tells small pictures from large ones and draws small ones badly: it is told the size that it knows best.
        int trainedSide = (export.SampleSize ?? XlSampleSize) * VaePart.Reduction;
        unet.Bake(options.TimeStep, prompt, trainedSide, Stage(progress, "Computing time step and prompt"), cancellationToken);

        (ModelProto model, Func<string, string> renamed) = Joining.Join(vae, unet);
        if (pictures.HasAxis)
        {
            PictureAxis.Free(model, Joining.ImageName, pictures, unet.Network.OperatorSet, export.UNetPath);
        }

        GraphSize before = unet.Network.Size + (vae?.Network.Size ?? default);
        WeightStorage storage = options.Weights ?? (unet.Network.IsHalfPrecision ? WeightStorage.Float16 : WeightStorage.Float32);
        options = WithThreshold(options);
        IReadOnlyList<OutputGrid> outputs = AppendOutputs(model, found, renamed, options, pictures);
        Describe(model, outputs, export, options, storage, Stage(progress, "Hashing the export"), cancellationToken);

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        WrittenModel written = OnnxModelWriter.Write(model, path, storage, options.SingleFileLimit, Stage(progress, "Writing the model"), cancellationToken);
        var after = new GraphSize(model.Graph.Node.Count, model.Graph.Initializer.Sum(ElementTypes.Count), written.Bytes);
        return ([.. found.Select(f => f.Layer)], before, after);
    }

    private static void AlignOperatorSets(Network unet, Network? vae)
    {
        if (vae is null)
        {
            return;
        }

        long common = Math.Max(unet.OperatorSet, vae.OperatorSet);
        unet.RaiseTo(common);
        vae.RaiseTo(common);
    }

    /// <summary>A graph that merges does so with the threshold that it recommends.</summary>
    private static AttentionModelOptions WithThreshold(AttentionModelOptions options) =>
        options.Form == AttentionForm.Merged ? options with { KlThreshold = options.KlThreshold ?? new DiffSegOptions().KlThreshold } : options;

    private static IReadOnlyList<OutputGrid> AppendOutputs(
        ModelProto model, IReadOnlyList<FoundAttention> found, Func<string, string> renamed, AttentionModelOptions options, PicturesPerRun pictures)
    {
        GraphProto graph = model.Graph;
        graph.Output.Clear();
        var builder = new GraphBuilder(graph, model.OpsetImport.First(o => o.Domain.Length == 0).Version);
        LayerValue[] layers =
        [
            .. found.Select(f => new LayerValue(builder[renamed(f.Probabilities)], f.Layer.Heads, f.Layer.Height, f.Layer.Width) { Pictures = pictures }),
        ];
        IReadOnlyList<OutputGrid> outputs = AggregationGraph.Append(builder, layers, options.Form, options.FirstMerge, options.KlThreshold ?? 0);
        GraphCut.Prune(graph);
        return outputs;
    }

    private static void Describe(
        ModelProto model, IReadOnlyList<OutputGrid> outputs, StableDiffusionExport export, AttentionModelOptions options,
        WeightStorage storage, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var description = new AttentionModelDescription
        {
            Form = options.Form,
            Outputs = outputs,
            KlThreshold = options.KlThreshold,
            FirstMerge = options.Form == AttentionForm.Merged ? options.FirstMerge : null,
            Source = options.Source ?? $"self-attention of {export.Name}",
            License = options.License ?? export.License,
            TimeStep = options.TimeStep,
            WeightPrecision = StorageNames.Of(storage),
            BuilderVersion = BuilderName.Current,
            SourceHash = export.HashSources(progress, cancellationToken),
        };
        ModelMetadata.Set(model, description);
    }

    private static IProgress<double>? Stage(IProgress<BuildProgress>? progress, string stage) =>
        progress is null ? null : new StageProgress(progress, stage);
}
