namespace DiffSeg;

/// <summary>
/// Segments a picture from its aggregated self-attention, without training and without text (Tian et al., CVPR 2024,
/// sections 3.3 and 3.4): iterative merging into proposals, optional refinement, non-maximum suppression.
/// </summary>
/// <remarks>
/// One segmenter serves any number of threads. It keeps the buffers of as many pictures as were ever segmented at once,
/// so that after the first picture only results are allocated. Labels and proposals are the same bits for any number of
/// threads and any vector width.
/// </remarks>
public sealed class DiffSegSegmenter
{
    private const string AllHoldZero =
        "No proposal survives the merging: the attention map of every anchor holds an exact 0, whose distance to any map "
        + "is undefined. Set ZeroAttention to Clamp, or use a model whose attention does not underflow.";

    private const string AllNaN =
        "No proposal survives the merging: the merged map of every anchor is NaN. Either nothing matched, as where all "
        + "attention holds an exact 0, or the attention itself held NaN: check the model's output.";

    private readonly Spares<SegmentationWorkspace> _workspaces;
    private readonly IReadOnlyList<float> _thresholds;

    /// <summary>A segmenter.</summary>
    /// <param name="options">The settings; null for the defaults.</param>
    public DiffSegSegmenter(DiffSegOptions? options = null)
        : this(options ?? new DiffSegOptions(), new())
    {
    }

    private DiffSegSegmenter(DiffSegOptions options, Spares<SegmentationWorkspace> workspaces)
    {
        Options = options;
        _workspaces = workspaces;
        _thresholds = options.EffectiveThresholds();
    }

    /// <summary>The settings.</summary>
    public DiffSegOptions Options { get; }

    /// <summary>A segmenter with other settings and the same buffers: to try many settings in the memory of one.</summary>
    /// <param name="options">The settings.</param>
    /// <returns>The segmenter.</returns>
    public DiffSegSegmenter With(DiffSegOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new DiffSegSegmenter(options, _workspaces);
    }

    /// <summary>Segments one picture.</summary>
    /// <param name="attention">Its aggregated attention; not changed, so other settings can be tried on it.</param>
    /// <param name="grid">Size of the mask, and where its pixels lie on the attention map.</param>
    /// <param name="progress">Told of each stage, and of each iteration within it.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask, its segments and the proposals.</returns>
    /// <exception cref="ArgumentException">
    /// More anchors per side than the map's longer side has tokens, or an impossible grid.
    /// </exception>
    /// <exception cref="AttentionException">
    /// No proposal survives: the maps of all anchors hold an exact 0 (see <see cref="DiffSegOptions.ZeroAttention"/>).
    /// </exception>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Segmentation Segment(
        AggregatedAttention attention,
        MaskGrid grid,
        IProgress<SegmentationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attention);
        return SegmentKept(attention, grid, kept: null, recorder: null, progress, cancellationToken);
    }

    /// <summary>
    /// Segments one picture whose first iteration of the merging was done elsewhere, such as in the graph of an attention
    /// model on a GPU: goes on with the second iteration.
    /// </summary>
    /// <param name="merged">
    /// The map that the first iteration made of each anchor, [anchors, N], row-major; a map of NaN where an anchor matched
    /// nothing. The first of the thresholds and the anchors per side are those that this was made with. Not kept.
    /// </param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map; N = height x width.</param>
    /// <param name="grid">Size of the mask, and where its pixels lie on the maps.</param>
    /// <param name="progress">Told of each stage, and of each iteration within it.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask, its segments and the proposals.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of maps, or the grid is impossible.</exception>
    /// <exception cref="AttentionException">A map holds a bad value, or no proposal survives.</exception>
    /// <exception cref="InvalidOperationException">
    /// The options ask for refinement, which needs the attention of all tokens; or there are more than 65,536 segments.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Segmentation SegmentMerged(
        ReadOnlySpan<float> merged,
        int height,
        int width,
        MaskGrid grid,
        IProgress<SegmentationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        grid.Check();
        if (Options.Refine)
        {
            throw new InvalidOperationException(
                "Refine clusters the attention maps of all tokens, of which the merged maps are only a part; switch it off "
                + "or segment the aggregated attention.");
        }

        SegmentationWorkspace workspace = _workspaces.Take();
        try
        {
            progress?.Report(new SegmentationProgress(SegmentationStage.Merging, 1, _thresholds.Count));
            ProposalSet proposals = Surviving(workspace.Merging.RunMerged(
                merged,
                height,
                width,
                _thresholds,
                Matching,
                progress is null ? null : Report(progress),
                cancellationToken), AllNaN);
            return Mask(workspace, proposals, grid, progress, cancellationToken);
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    /// <summary>Segments one picture, with what a session keeps of it.</summary>
    /// <param name="attention">Its aggregated attention.</param>
    /// <param name="grid">Size of the mask, and where its pixels lie on the attention map.</param>
    /// <param name="kept">What is kept of this attention; null where nothing is.</param>
    /// <param name="recorder">Told of each iteration, where <paramref name="kept"/> is given.</param>
    /// <param name="progress">Told of each stage, and of each iteration within it.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The same bits with or without anything kept.</returns>
    internal Segmentation SegmentKept(
        AggregatedAttention attention,
        MaskGrid grid,
        KeptMerges? kept,
        MergingRecorder? recorder,
        IProgress<SegmentationProgress>? progress,
        CancellationToken cancellationToken)
    {
        grid.Check();
        SegmentationWorkspace workspace = _workspaces.Take();
        try
        {
            progress?.Report(new SegmentationProgress(SegmentationStage.Merging, 0, _thresholds.Count));
            ProposalSet proposals = Surviving(
                kept is null
                    ? Merge(workspace, attention, progress, cancellationToken)
                    : Merge(workspace, attention, kept, recorder, progress, cancellationToken),
                AllHoldZero);
            if (Options.Refine)
            {
                proposals = Refine(workspace, attention, proposals, progress, cancellationToken);
            }

            return Mask(workspace, proposals, grid, progress, cancellationToken);
        }
        finally
        {
            _workspaces.Return(workspace);
        }
    }

    /// <summary>Measures for one picture what its further thresholds need.</summary>
    /// <param name="attention">The picture's aggregated attention.</param>
    /// <param name="kept">Keeps it.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    internal void Prepare(AggregatedAttention attention, KeptMerges kept, CancellationToken cancellationToken) => kept.Measure(
        attention.Rows,
        SamplingGrid.Anchors(attention.Height, attention.Width, Options.AnchorsPerSide),
        _thresholds[0],
        Matching,
        cancellationToken);

    private ProposalSet Merge(
        SegmentationWorkspace workspace,
        AggregatedAttention attention,
        IProgress<SegmentationProgress>? progress,
        CancellationToken cancellationToken) =>
        workspace.Merging.Run(
            attention.Rows,
            workspace.Anchors(attention.Height, attention.Width, Options.AnchorsPerSide),
            _thresholds,
            Matching,
            progress is null ? null : Report(progress),
            cancellationToken);

    private ProposalSet Merge(
        SegmentationWorkspace workspace,
        AggregatedAttention attention,
        KeptMerges kept,
        MergingRecorder? recorder,
        IProgress<SegmentationProgress>? progress,
        CancellationToken cancellationToken)
    {
        FirstMerge first = kept.Of(
            workspace.Merging,
            attention.Rows,
            workspace.Anchors(attention.Height, attention.Width, Options.AnchorsPerSide),
            _thresholds[0],
            Matching,
            cancellationToken);
        IterativeMerging.Observer? observe = progress is null ? null : Report(progress);
        if (recorder is not null)
        {
            recorder.Begin(first);
            observe += recorder.Add;
        }

        progress?.Report(new SegmentationProgress(SegmentationStage.Merging, 1, _thresholds.Count));
        return workspace.Merging.Continue(
            first.Maps,
            _thresholds,
            Matching,
            observe,
            cancellationToken);
    }

    private MatchSettings Matching => new(Options.ZeroAttention, Options.MaxDegreeOfParallelism);

    private IterativeMerging.Observer Report(IProgress<SegmentationProgress> progress) => iteration =>
        progress.Report(new SegmentationProgress(SegmentationStage.Merging, iteration.Index + 1, _thresholds.Count));

    private Segmentation Mask(
        SegmentationWorkspace workspace,
        ProposalSet proposals,
        MaskGrid grid,
        IProgress<SegmentationProgress>? progress,
        CancellationToken cancellationToken)
    {
        progress?.Report(new SegmentationProgress(SegmentationStage.Masking, 0, 1));
        ushort[] labels = new ushort[grid.OutputHeight * grid.OutputWidth];
        workspace.Suppression.Label(proposals, grid, Options.MaxDegreeOfParallelism, labels, cancellationToken);
        progress?.Report(new SegmentationProgress(SegmentationStage.Numbering, 0, 1));
        return workspace.Builder.Build(
            labels, grid.OutputHeight, grid.OutputWidth, proposals, Options, cancellationToken);
    }

    private static ProposalSet Surviving(ProposalSet proposals, string otherwise) =>
        proposals.Count > 0 ? proposals : throw new AttentionException(otherwise);

    private ProposalSet Refine(
        SegmentationWorkspace workspace,
        AggregatedAttention attention,
        ProposalSet proposals,
        IProgress<SegmentationProgress>? progress,
        CancellationToken cancellationToken)
    {
        KMeansOptions kMeans = new() { MaxDegreeOfParallelism = Options.MaxDegreeOfParallelism };
        progress?.Report(new SegmentationProgress(SegmentationStage.Refining, 0, kMeans.MaxIterations));
        IProgress<int>? iterations = progress is null ? null : new IterationProgress(progress, kMeans.MaxIterations);
        return workspace.Refinement.Run(attention, proposals, kMeans, iterations, cancellationToken);
    }

    // Reports at once on the calling thread, unlike Progress<T>.
    private sealed class IterationProgress(IProgress<SegmentationProgress> progress, int steps) : IProgress<int>
    {
        public void Report(int value) =>
            progress.Report(new SegmentationProgress(SegmentationStage.Refining, value, steps));
    }
}
