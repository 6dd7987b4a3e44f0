namespace DiffSeg;

/// <summary>Refinement of the proposals by k-means over all maps; the published code's option.</summary>
internal static class Refinement
{
    /// <summary>Runs k-means from the proposals and makes the mean of each cluster the new proposal.</summary>
    /// <param name="attention">All maps.</param>
    /// <param name="proposals">Where to start.</param>
    /// <param name="options">When to stop, and threads.</param>
    /// <param name="progress">Told the iterations done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>
    /// As many proposals as before, and the cluster of each token. A cluster that ends empty keeps its last centre.
    /// </returns>
    public static (ProposalSet Proposals, KMeansResult Clusters) Run(
        AggregatedAttention attention,
        ProposalSet proposals,
        KMeansOptions options,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        KMeansResult clusters = KMeans.Cluster(attention, proposals.Values, options, progress, cancellationToken);
        MapRows maps = attention.Rows;
        MatchMatrix members = new(proposals.Count, maps.Count);
        for (int i = 0; i < maps.Count; i++)
        {
            members.Set(clusters.Labels[i], i);
        }

        float[] means = MatchMean.Of(members, maps, options.MaxDegreeOfParallelism, cancellationToken).Values;
        for (int cluster = 0; cluster < proposals.Count; cluster++)
        {
            if (members.CountOf(cluster) == 0)
            {
                int start = cluster * maps.Tokens;
                clusters.Centres.Slice(start, maps.Tokens).CopyTo(means.AsSpan(start));
            }
        }

        return (new ProposalSet(means, proposals.Count, maps.Height, maps.Width), clusters);
    }
}
