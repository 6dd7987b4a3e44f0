namespace DiffSeg;

/// <summary>From the winning proposal of each pixel to the numbered mask.</summary>
/// <remarks>
/// Allocates the result and, once warm, nothing else: an instance keeps its buffers for the next image and serves one
/// caller at a time.
/// </remarks>
internal sealed class MaskBuilder
{
    private readonly MaskRuns _runs = new();
    private readonly ConnectedComponents _components = new();
    private readonly RegionCleanUp _cleanUp = new();
    private readonly SegmentNumbering _numbering = new();
    private KeptBuffer<SegmentTally> _tallies;

    /// <summary>Cleans the mask up and numbers its segments as the options ask.</summary>
    /// <param name="labels">The winning proposal of each pixel; overwritten, and part of the result.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="proposals">The proposals.</param>
    /// <param name="options">Clean-up and numbering.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    public Segmentation Build(
        ushort[] labels,
        int height,
        int width,
        ProposalSet proposals,
        DiffSegOptions options,
        CancellationToken cancellationToken) =>
        Build(labels, height, width, proposals, proposals.Count, options, cancellationToken);

    /// <summary>The same for masks of clusters that may have no attention maps.</summary>
    /// <param name="labels">The cluster of each pixel; overwritten, and part of the result.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="proposals">Their maps, or none.</param>
    /// <param name="clusters">Number of clusters.</param>
    /// <param name="options">Clean-up and numbering.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask.</returns>
    /// <exception cref="InvalidOperationException">More than 65,536 segments.</exception>
    public Segmentation Build(
        ushort[] labels,
        int height,
        int width,
        ProposalSet proposals,
        int clusters,
        DiffSegOptions options,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _runs.Find<ushort>(labels, height, width);
        bool cleanUp = options.MinRegionShare > 0;
        if (cleanUp || options.Regions)
        {
            _components.Find(_runs);
            _cleanUp.RemoveSmall(
                _runs, _components.Areas, options.MinRegionShare, options.MaxDegreeOfParallelism, cancellationToken);
            if (!options.Regions)
            {
                _runs.Replace(_components.Labels);
            }
        }

        // What becomes a segment: a component, or all pixels of a cluster.
        int sources = options.Regions ? _components.Count : clusters;
        Span<SegmentTally> tallies = _tallies.Take(sources);
        tallies.Clear();
        SegmentTable.Count(_runs, tallies);
        if (!options.Regions && options.LabelOrder == LabelOrder.Proposal)
        {
            if (cleanUp)
            {
                _runs.Paint(labels);
            }

            return new Segmentation(
                labels, height, width, proposals, Identity(sources), SegmentTable.Measured(tallies));
        }

        if (options.LabelOrder == LabelOrder.Area)
        {
            _numbering.ByArea(tallies);
        }
        else
        {
            _numbering.ByProposal(tallies, _components.Labels);
        }

        _runs.Replace(_numbering.Numbers);
        _runs.Paint(labels);
        int[] proposalOf = new int[_numbering.Count];
        Segment[] segments = new Segment[_numbering.Count];
        for (int i = 0; i < segments.Length; i++)
        {
            int source = _numbering.SourceOf(i);
            proposalOf[i] = options.Regions ? _components.Labels[source] : source;
            segments[i] = tallies[source].ToSegment((ushort)i);
        }

        return new Segmentation(labels, height, width, proposals, proposalOf, segments);
    }

    private static int[] Identity(int count)
    {
        int[] values = new int[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = i;
        }

        return values;
    }
}
