using DiffSeg.Baselines;
using DiffSeg.Cli.Evaluating.Planning;

namespace DiffSeg.Cli.Evaluating.Running;

/// <summary>DiffSeg with one of many settings; all of them work in the same memory.</summary>
/// <param name="segmenter">The segmenter.</param>
internal sealed class SharedDiffSeg(DiffSegSegmenter segmenter) : ISegmentationMethod
{
    /// <inheritdoc/>
    public string Name => MethodKind.DiffSeg.Title();

    /// <inheritdoc/>
    public Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default) =>
        segmenter.Segment(input.Attention, input.Grid, progress: null, cancellationToken);
}
