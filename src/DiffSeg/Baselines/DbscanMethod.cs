using System.Globalization;

namespace DiffSeg.Baselines;

/// <summary>The paper's baseline by DBSCAN over the aggregated attention (table 1).</summary>
/// <remarks>
/// The paper does not say which distance, neighbourhood and density it took; see <see cref="DbscanOptions"/> for ours.
/// A token of noise goes to the cluster whose mean map is highest there. Where all is noise, the picture is one segment.
/// </remarks>
public sealed class DbscanMethod : ISegmentationMethod
{
    private readonly Spares<ClusterMask> _masks = new();
    private readonly DbscanOptions _clustering;
    private readonly DiffSegOptions _options;

    /// <summary>The baseline.</summary>
    /// <param name="clustering">
    /// Neighbourhood and density; null for the defaults, with the zeros and threads of <paramref name="options"/>.
    /// </param>
    /// <param name="options">Clean-up, numbering and threads of DiffSeg; null for the defaults.</param>
    public DbscanMethod(DbscanOptions? clustering = null, DiffSegOptions? options = null)
    {
        _options = options ?? new DiffSegOptions();
        _clustering = clustering ?? new DbscanOptions
        {
            ZeroAttention = _options.ZeroAttention,
            MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism,
        };
    }

    /// <inheritdoc/>
    public string Name => string.Create(
        CultureInfo.InvariantCulture, $"DBSCAN (eps = {_clustering.Epsilon}, min = {_clustering.MinPoints})");

    /// <summary>How the clusters become a mask; default <see cref="TokenPixels.Interpolate"/>, as DiffSeg's proposals do.</summary>
    public TokenPixels Pixels { get; init; }

    /// <inheritdoc/>
    public Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        AggregatedAttention attention = input.Attention;
        DbscanResult result = Dbscan.Cluster(attention, _clustering, cancellationToken);
        int[] labels = result.Labels.ToArray();
        if (result.Count == 0)
        {
            labels.AsSpan().Clear();
        }

        ProposalSet means = Means(attention.Rows, labels, Math.Max(1, result.Count), cancellationToken);
        ClusterMask mask = _masks.Take();
        try
        {
            if (Pixels == TokenPixels.Interpolate)
            {
                return mask.Interpolate(means, input.Grid, _options, cancellationToken);
            }

            TakeIn(labels, means);
            return mask.Nearest(labels, means, input.Grid, _options, cancellationToken);
        }
        finally
        {
            _masks.Return(mask);
        }
    }

    private ProposalSet Means(MapRows maps, int[] labels, int clusters, CancellationToken cancellationToken)
    {
        MatchMatrix members = new(clusters, maps);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] != DbscanResult.Noise)
            {
                members.Set(labels[i], i);
            }
        }

        MapRows means = MatchMean.Of(members, maps, _options.MaxDegreeOfParallelism, cancellationToken);
        return new ProposalSet(means.Values, clusters, maps.Height, maps.Width);
    }

    /// <summary>Gives each token of noise to the cluster whose mean map is highest there, the first of equally high ones.</summary>
    private static void TakeIn(int[] labels, ProposalSet means)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == DbscanResult.Noise)
            {
                labels[i] = 0;
                for (int cluster = 1; cluster < means.Count; cluster++)
                {
                    labels[i] = means.Map(cluster)[i] > means.Map(labels[i])[i] ? cluster : labels[i];
                }
            }
        }
    }
}
