namespace DiffSeg;

/// <summary>Refinement of the proposals by k-means over all maps; the published code's option.</summary>
/// <remarks>Keeps its buffers for the next image and serves one caller at a time.</remarks>
internal sealed class Refinement
{
    private readonly Lloyd _lloyd = new();

    /// <summary>Iterations of the last run.</summary>
    public int Iterations => _lloyd.Iterations;

    /// <summary>Runs k-means from the proposals and makes the mean of each cluster the new proposal.</summary>
    /// <param name="attention">All maps.</param>
    /// <param name="proposals">Where to start.</param>
    /// <param name="options">When to stop, and threads.</param>
    /// <param name="progress">Told the iterations done.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <param name="labels">Takes the cluster of each token; empty where nobody wants to know.</param>
    /// <returns>As many proposals as before. A cluster that ends empty keeps its last centre.</returns>
    public ProposalSet Run(
        AggregatedAttention attention,
        ProposalSet proposals,
        KMeansOptions options,
        IProgress<int>? progress,
        CancellationToken cancellationToken,
        Span<int> labels = default)
    {
        MapRows maps = attention.Rows;
        KMeans.CheckStart(maps, proposals.Values, nameof(proposals));
        float[] means = new float[proposals.Values.Length];
        try
        {
            _lloyd.Run(maps, proposals.Values, options, progress, cancellationToken);
            _lloyd.MeansInto(means);
            _lloyd.Labels[..labels.Length].CopyTo(labels);
        }
        finally
        {
            _lloyd.Clear();
        }

        return new ProposalSet(means, proposals.Count, maps.Height, maps.Width);
    }
}
