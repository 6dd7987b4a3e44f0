namespace DiffSeg;

/// <summary>From the winning proposal of each pixel to the numbered mask.</summary>
internal static class MaskBuilder
{
    /// <summary>Cleans the mask up and numbers its segments as the options ask.</summary>
    /// <param name="labels">The winning proposal of each pixel; overwritten.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="proposals">The proposals.</param>
    /// <param name="options">Clean-up and numbering.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask.</returns>
    public static Segmentation Build(
        ushort[] labels,
        int height,
        int width,
        ProposalSet proposals,
        DiffSegOptions options,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int[] proposalOf = [.. Enumerable.Range(0, proposals.Count)];
        if (options.MinRegionShare > 0 || options.Regions)
        {
            ConnectedComponents components = ConnectedComponents.Of(labels, height, width);
            RegionCleanUp.RemoveSmall(
                components, options.MinRegionShare, height, width, options.MaxDegreeOfParallelism, cancellationToken);
            if (options.Regions)
            {
                proposalOf = NumberRegions(components, labels, options.LabelOrder);
                return new Segmentation(labels, height, width, proposals, proposalOf);
            }

            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = components.Labels[components.Map[i]];
            }
        }

        if (options.LabelOrder == LabelOrder.Area)
        {
            int[] areas = SegmentNumbering.Areas(labels, proposals.Count);
            (proposalOf, ushort[] numbers) = SegmentNumbering.Dense(areas, (a, b) => areas[b].CompareTo(areas[a]));
            for (int i = 0; i < labels.Length; i++)
            {
                labels[i] = numbers[labels[i]];
            }
        }

        return new Segmentation(labels, height, width, proposals, proposalOf);
    }

    private static int[] NumberRegions(ConnectedComponents components, ushort[] labels, LabelOrder order)
    {
        int[] areas = new int[components.Count];
        foreach (int component in components.Map)
        {
            areas[component]++;
        }

        (int[] sources, ushort[] numbers) = SegmentNumbering.Dense(
            areas,
            order == LabelOrder.Area
                ? (a, b) => areas[b].CompareTo(areas[a])
                : (a, b) => components.Labels[a].CompareTo(components.Labels[b]));
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = numbers[components.Map[i]];
        }

        return [.. sources.Select(component => (int)components.Labels[component])];
    }
}
