namespace DiffSeg;

/// <summary>Iterative attention merging (Tian et al., CVPR 2024, section 3.3).</summary>
/// <remarks>
/// Iteration 0 turns each anchor into the mean of all maps (not only anchors) below the threshold; no anchor is removed.
/// Each later iteration goes through the proposals in order: one that is matched already is skipped; else it becomes
/// the mean of all proposals of the iteration before that are below the threshold, those already matched included, and
/// they are marked as matched. A proposal that does not match even itself is dropped. Keeps its buffers; for one call at
/// a time.
/// </remarks>
internal sealed class IterativeMerging
{
    private readonly MapMatcher _matcher = new();
    private readonly MatchMean _mean = new();
    private readonly MatchMatrix _matches = new();
    private readonly GreedyChoice _choice;
    private float[] _before = [];
    private float[] _after = [];

    /// <summary>An instance, to be used again and again.</summary>
    public IterativeMerging() => _choice = new GreedyChoice(_matcher);

    /// <summary>What one iteration found; its spans and buffers hold until the next one.</summary>
    /// <param name="index">Which iteration, from 0.</param>
    /// <param name="anchors">
    /// The anchor of each new proposal: a token in iteration 0, an index into the proposals before in later ones.
    /// </param>
    /// <param name="matches">What was averaged, one row per new proposal.</param>
    /// <param name="proposals">The new proposals.</param>
    public readonly ref struct Iteration(
        int index, ReadOnlySpan<int> anchors, MatchMatrix matches, MapRows proposals)
    {
        /// <summary>Which iteration, from 0.</summary>
        public int Index { get; } = index;

        /// <summary>The anchor of each new proposal.</summary>
        public ReadOnlySpan<int> Anchors { get; } = anchors;

        /// <summary>What was averaged.</summary>
        public MatchMatrix Matches { get; } = matches;

        /// <summary>The new proposals.</summary>
        public MapRows Proposals { get; } = proposals;
    }

    /// <summary>Told of an iteration.</summary>
    /// <param name="iteration">What it found.</param>
    public delegate void Observer(Iteration iteration);

    /// <summary>Merges the maps of an image into proposals.</summary>
    /// <param name="attention">All maps, one per token.</param>
    /// <param name="anchors">Tokens to start from.</param>
    /// <param name="thresholds">One per iteration, at least one.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="observe">Told of each iteration when it is done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The proposals; none when every anchor's map matches nothing.</returns>
    public ProposalSet Run(
        MapRows attention,
        int[] anchors,
        IReadOnlyList<float> thresholds,
        MatchSettings settings,
        Observer? observe = null,
        CancellationToken cancellationToken = default)
    {
        _matcher.Match(attention, anchors, anchors.Length, thresholds[0], settings, _matches, cancellationToken);
        float[] means = Room(ref _before, anchors.Length * attention.Tokens);
        MapRows merged = _mean.Into(means, _matches, attention, settings.MaxDegreeOfParallelism, cancellationToken);
        observe?.Invoke(new Iteration(0, anchors, _matches, merged));
        return Continue(merged, thresholds, settings, observe, cancellationToken);
    }

    /// <summary>Iteration 0 alone, to go on from by <see cref="Continue"/>, any number of times.</summary>
    /// <param name="attention">All maps, one per token.</param>
    /// <param name="anchors">Tokens to start from; kept with the result.</param>
    /// <param name="threshold">The threshold of the iteration.</param>
    /// <param name="distances">The distances from these anchors, where they were measured; null to look for matches alone.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="room">An array of an earlier result that nobody needs any more; used if it is of the right length.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The merged anchors; later calls leave them as they are.</returns>
    public FirstMerge First(
        MapRows attention,
        int[] anchors,
        float threshold,
        DistanceTable? distances,
        MatchSettings settings,
        float[]? room,
        CancellationToken cancellationToken)
    {
        if (distances is null)
        {
            _matcher.Match(attention, anchors, anchors.Length, threshold, settings, _matches, cancellationToken);
        }
        else
        {
            distances.Match(attention, threshold, settings.MaxDegreeOfParallelism, _matches, cancellationToken);
        }

        int length = anchors.Length * attention.Tokens;
        float[] means = room?.Length == length ? room : GC.AllocateUninitializedArray<float>(length);
        MapRows merged = _mean.Into(means, _matches, attention, settings.MaxDegreeOfParallelism, cancellationToken);
        return new FirstMerge(merged, anchors, _matches.Counts());
    }

    /// <summary>Goes on after an iteration 0 that was done elsewhere.</summary>
    /// <param name="merged">What it made of the anchors [K, N], NaN where nothing matched.</param>
    /// <param name="height">Rows of each map.</param>
    /// <param name="width">Columns of each map.</param>
    /// <param name="thresholds">One per iteration, the first included.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="observe">Told of each iteration when it is done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The proposals; none when nothing matched.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of maps.</exception>
    /// <exception cref="AttentionException">A map that holds a bad value, or nothing but 0.</exception>
    public ProposalSet RunMerged(
        ReadOnlySpan<float> merged,
        int height,
        int width,
        IReadOnlyList<float> thresholds,
        MatchSettings settings,
        Observer? observe = null,
        CancellationToken cancellationToken = default) =>
        Continue(
            MergedMaps.Check(merged, height, width, Room(ref _before, merged.Length)),
            thresholds,
            settings,
            observe,
            cancellationToken);

    /// <summary>Goes on after iteration 0.</summary>
    /// <param name="merged">What it made of the anchors; left as it is, unless it lies in a buffer of this instance.</param>
    /// <param name="thresholds">One per iteration, the first included.</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="observe">Told of each iteration when it is done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The proposals, in an array of their own; none when nothing matched.</returns>
    public ProposalSet Continue(
        MapRows merged,
        IReadOnlyList<float> thresholds,
        MatchSettings settings,
        Observer? observe,
        CancellationToken cancellationToken)
    {
        MapRows proposals = merged;
        for (int iteration = 1; iteration < thresholds.Count && proposals.Count > 0; iteration++)
        {
            _choice.Choose(proposals, thresholds[iteration], settings, cancellationToken);
            float[] means = Room(ref _after, _choice.Kept.Length * proposals.Tokens);
            proposals = _mean.Into(
                means, _choice.Matches, proposals, settings.MaxDegreeOfParallelism, cancellationToken);
            (_before, _after) = (_after, _before);
            observe?.Invoke(new Iteration(iteration, _choice.Kept, _choice.Matches, proposals));
        }

        return Result(proposals);
    }

    // Later iterations drop what matches nothing; after a single one it is done here.
    private static ProposalSet Result(MapRows proposals)
    {
        int count = 0;
        for (int i = 0; i < proposals.Count; i++)
        {
            count += float.IsNaN(proposals.Row(i)[0]) ? 0 : 1;
        }

        float[] values = GC.AllocateUninitializedArray<float>(count * proposals.Tokens);
        int kept = 0;
        for (int i = 0; i < proposals.Count; i++)
        {
            if (!float.IsNaN(proposals.Row(i)[0]))
            {
                proposals.Row(i).CopyTo(values.AsSpan(kept++ * proposals.Tokens));
            }
        }

        return new ProposalSet(values, count, proposals.Height, proposals.Width);
    }

    private static float[] Room(ref float[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = GC.AllocateUninitializedArray<float>(length);
        }

        return buffer;
    }
}
