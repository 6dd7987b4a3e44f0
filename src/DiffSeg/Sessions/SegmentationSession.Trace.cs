namespace DiffSeg;

/// <content>How a segmentation came about.</content>
public sealed partial class SegmentationSession
{
    /// <summary>Segments the picture and writes down each iteration of the merging.</summary>
    /// <param name="options">The settings; null for <see cref="Options"/>.</param>
    /// <param name="grid">Size of the mask, and where its pixels lie on the attention map; null for <see cref="Grid"/>.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>
    /// The iterations, each with copies of its maps (4 MiB for the first, with 256 anchors on 64 x 64 tokens), and what
    /// <see cref="Segment"/> gives.
    /// </returns>
    /// <exception cref="ArgumentException">As <see cref="DiffSegSegmenter.Segment"/> says.</exception>
    /// <exception cref="AttentionException">No proposal survives the merging.</exception>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public MergingTrace Trace(
        DiffSegOptions? options = null, MaskGrid? grid = null, CancellationToken cancellationToken = default)
    {
        MergingRecorder recorder = new((options ?? Options).EffectiveThresholds());
        Segmentation result = Answer(options ?? Options, grid ?? Grid, recorder, progress: null, cancellationToken);
        return new MergingTrace(recorder.Steps, result, grid ?? Grid);
    }
}
