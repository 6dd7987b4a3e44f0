using DiffSeg.Onnx;

namespace DiffSeg.MLNet;

public sealed partial class SegmentationCatalog
{
    /// <summary>Opens an attention model, to encode pictures that are to be asked about many times.</summary>
    /// <param name="model">The attention model, for example <see cref="AttentionModel.Demo"/>; not one that merges in its graph.</param>
    /// <param name="options">
    /// The settings that the sessions begin with; null for the chain's defaults with the threshold that the model recommends. To
    /// change some of these, <c>new DiffSegMaskOptions { Regions = true }.ToDiffSegOptions(model)</c>.
    /// </param>
    /// <param name="fit">
    /// How pictures of another aspect ratio are fitted to the model. With Crop, sessions are about the picture's centre.
    /// </param>
    /// <param name="aggregation">Weights of the resolutions; null for the defaults.</param>
    /// <param name="scoring">
    /// What the model runs on; null for the CPU. Its LookAhead and BatchSize mean nothing here: one picture at a time.
    /// </param>
    /// <returns>The encoder, to be disposed.</returns>
    /// <exception cref="ArgumentException">A setting is out of range, or does not fit the model.</exception>
    /// <exception cref="NotSupportedException">The model merges in its graph, or takes a fixed number of pictures a run.</exception>
    /// <exception cref="InvalidOperationException">
    /// ONNX Runtime cannot run the model, or not on the GPU asked for; or the sizes of its outputs are not those that it declares.
    /// </exception>
    public AttentionEncoder LoadEncoder(
        AttentionModel model,
        DiffSegOptions? options = null,
        ImageFit fit = ImageFit.Pad,
        AggregationOptions? aggregation = null,
        AttentionScoringOptions? scoring = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new AttentionEncoder(_context.Transforms, model, options, fit, aggregation, scoring ?? new());
    }
}
