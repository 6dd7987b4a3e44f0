using System.Globalization;

namespace DiffSeg.Baselines;

/// <summary>
/// The paper's baselines by k-means over the aggregated attention (table 1): K-Means-C with a constant number of
/// clusters, K-Means-S with one that is told for each picture, from its ground truth.
/// </summary>
/// <remarks>The start centres are the maps of the tokens (i + 1/2) N / k, rounded down, for i = 0 to k - 1.</remarks>
public sealed class KMeansMethod : ISegmentationMethod
{
    /// <summary>The paper's constant number of clusters.</summary>
    public const int PaperClusters = 6;

    private readonly Spares<ClusterMask> _masks = new();
    private readonly DiffSegOptions _options;
    private readonly int? _clusters;

    /// <summary>The baseline with a number of clusters, or without.</summary>
    /// <param name="clusters">
    /// For all pictures (K-Means-C; the paper has 6), at least 1; null for K-Means-S, which takes
    /// <see cref="MethodInput.SegmentCount"/>.
    /// </param>
    /// <param name="options">Clean-up, numbering and threads of DiffSeg; its other settings are not looked at. Null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 cluster.</exception>
    public KMeansMethod(int? clusters, DiffSegOptions? options = null)
    {
        if (clusters < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(clusters), clusters, "There must be at least 1 cluster.");
        }

        _clusters = clusters;
        _options = options ?? new DiffSegOptions();
    }

    /// <inheritdoc/>
    public string Name => _clusters is { } clusters
        ? string.Create(CultureInfo.InvariantCulture, $"K-Means-C (k = {clusters})")
        : "K-Means-S";

    /// <summary>How the clusters become a mask; default <see cref="TokenPixels.Interpolate"/>, as DiffSeg's proposals do.</summary>
    public TokenPixels Pixels { get; init; }

    /// <summary>When k-means stops; its own threads count, not those of the mask. Null (the default) for the defaults.</summary>
    public KMeansOptions? Stopping { get; init; }

    /// <inheritdoc/>
    public Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        AggregatedAttention attention = input.Attention;
        int clusters = input.SegmentsFor(Name, _clusters);
        if (clusters > attention.Tokens)
        {
            throw new ArgumentException(
                $"{clusters} clusters were asked for, but the attention has {attention.Tokens} maps; ask for fewer.", nameof(input));
        }

        KMeansOptions stopping = Stopping ?? new KMeansOptions { MaxDegreeOfParallelism = _options.MaxDegreeOfParallelism };
        KMeansResult result = KMeans.Cluster(
            attention, StartCentres(attention, clusters), stopping, progress: null, cancellationToken);
        ProposalSet centres = new(result.Centres.ToArray(), clusters, attention.Height, attention.Width);
        ClusterMask mask = _masks.Take();
        try
        {
            return Pixels == TokenPixels.Interpolate
                ? mask.Interpolate(centres, input.Grid, _options, cancellationToken)
                : mask.Nearest(result.Labels, centres, input.Grid, _options, cancellationToken);
        }
        finally
        {
            _masks.Return(mask);
        }
    }

    private static float[] StartCentres(AggregatedAttention attention, int clusters)
    {
        int tokens = attention.Tokens;
        float[] centres = new float[clusters * tokens];
        for (int i = 0; i < clusters; i++)
        {
            int token = (int)(((2L * i) + 1) * tokens / (2L * clusters));
            attention.Map(token).CopyTo(centres.AsSpan(i * tokens));
        }

        return centres;
    }
}
