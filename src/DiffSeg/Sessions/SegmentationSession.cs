using DiffSeg.Pictures;

namespace DiffSeg;

/// <summary>
/// One picture, encoded once and segmented many times: keeps the picture's aggregated attention and answers each question
/// about it in milliseconds, without another run of the model.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Segment"/> gives the bits that <see cref="DiffSegSegmenter"/> gives. May be asked by several threads, which
/// take turns. Owns the attention: <see cref="Dispose"/> gives its memory back.
/// </para>
/// <para>
/// Keeps what later questions need again. Of the last four settings of first threshold and anchors, the first iteration of
/// the merging: another number of iterations, refinement, mask size or clean-up costs only what comes after. From the second
/// threshold on, the distances from the anchors to all maps, for the last two numbers of anchors: a further threshold measures
/// none; <see cref="Prepare"/> measures them beforehand. Each of these six takes 4 bytes for each anchor and token: 4 MiB for 16 x 16 anchors on 64 x 64 tokens, beside the
/// attention's 64 MiB.
/// </para>
/// </remarks>
public sealed partial class SegmentationSession : IDisposable
{
    private readonly Lock _turn = new();
    private readonly KeptMerges _kept = new();
    private readonly DiffSegSegmenter _segmenter;

    /// <summary>A session.</summary>
    /// <param name="attention">The picture's aggregated attention; belongs to the session from now on.</param>
    /// <param name="grid">The picture's size in pixels, and where its pixels lie on the attention map.</param>
    /// <param name="options">The settings to begin with; null for the defaults.</param>
    /// <param name="picture">The picture, to be shown beneath masks and maps; null where there is none.</param>
    /// <exception cref="ArgumentException">An impossible grid.</exception>
    public SegmentationSession(
        AggregatedAttention attention, MaskGrid grid, DiffSegOptions? options = null, Picture? picture = null)
    {
        ArgumentNullException.ThrowIfNull(attention);
        grid.Check();
        (Attention, Grid, Picture) = (attention, grid, picture);
        _segmenter = new DiffSegSegmenter(options);
    }

    /// <summary>The aggregated attention.</summary>
    public AggregatedAttention Attention { get; }

    /// <summary>The picture's size, which masks have where no other is asked for, and where it lies on the attention map.</summary>
    public MaskGrid Grid { get; }

    /// <summary>The picture, where there is one.</summary>
    public Picture? Picture { get; }

    /// <summary>The settings that count where no others are given; change them by <c>Options with { KlThreshold = 0.8f }</c>.</summary>
    public DiffSegOptions Options => _segmenter.Options;

    /// <summary>Segments the picture.</summary>
    /// <param name="options">The settings; null for <see cref="Options"/>.</param>
    /// <param name="grid">Size of the mask, and where its pixels lie on the attention map; null for <see cref="Grid"/>.</param>
    /// <param name="progress">Told of each stage, and of each iteration within it.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask, its segments and the proposals, with the picture.</returns>
    /// <exception cref="ArgumentException">As <see cref="DiffSegSegmenter.Segment"/> says.</exception>
    /// <exception cref="AttentionException">No proposal survives the merging.</exception>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Segmentation Segment(
        DiffSegOptions? options = null,
        MaskGrid? grid = null,
        IProgress<SegmentationProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Answer(options ?? Options, grid ?? Grid, recorder: null, progress, cancellationToken);

    /// <summary>
    /// Measures beforehand what the second threshold would: every further threshold then costs its own merging only. For a
    /// slider, best called in the background, once the first mask is shown.
    /// </summary>
    /// <param name="options">The settings that will be asked, but for the threshold; null for <see cref="Options"/>.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <exception cref="ArgumentException">More anchors per side than the attention has positions.</exception>
    /// <exception cref="ObjectDisposedException">The session is disposed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Prepare(DiffSegOptions? options = null, CancellationToken cancellationToken = default)
    {
        lock (_turn)
        {
            _segmenter.With(options ?? Options).Prepare(Attention, _kept, cancellationToken);
        }
    }

    /// <summary>Gives the attention's memory back; the session must not be used any more.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            Attention.Dispose();
            _kept.Clear();
        }
    }

    private Segmentation Answer(
        DiffSegOptions options,
        MaskGrid grid,
        MergingRecorder? recorder,
        IProgress<SegmentationProgress>? progress,
        CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            Segmentation mask = _segmenter.With(options).SegmentKept(Attention, grid, _kept, recorder, progress, cancellationToken);
            mask.Picture = Picture;
            return mask;
        }
    }
}
