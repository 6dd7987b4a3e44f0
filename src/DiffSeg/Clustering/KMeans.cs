namespace DiffSeg;

/// <summary>
/// K-means over attention maps (Lloyd's algorithm): the refinement of the published code, and the baselines K-Means-C
/// and K-Means-S of the paper's table 1.
/// </summary>
/// <remarks>
/// Distances are squared Euclidean. Of equally near centres the first counts; where single precision cannot tell
/// which is nearer, double precision decides, so that labels do not depend on machine or threads. A cluster left
/// empty takes the map farthest from its centre, out of a cluster of at least two (several empty ones: the farthest
/// first); other labels change with the next iteration.
/// </remarks>
public static class KMeans
{
    /// <summary>Clusters the N maps of aggregated attention.</summary>
    /// <param name="attention">The maps [N, N].</param>
    /// <param name="startCentres">The centres to start from [K, N], row-major; K from 1 to N.</param>
    /// <param name="options">When to stop; null for the defaults.</param>
    /// <param name="progress">Told the number of iterations done, after each.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>Labels and centres.</returns>
    /// <exception cref="ArgumentException">The start centres are not K x N values, finite and not negative.</exception>
    public static KMeansResult Cluster(
        AggregatedAttention attention,
        ReadOnlySpan<float> startCentres,
        KMeansOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attention);
        options ??= new KMeansOptions();
        MapRows maps = attention.Rows;
        CheckStart(maps, startCentres, nameof(startCentres));
        Lloyd lloyd = new();
        lloyd.Run(maps, startCentres, options, progress, cancellationToken);
        return new KMeansResult([.. lloyd.Labels], [.. lloyd.Centres], lloyd.Iterations, lloyd.Inertia());
    }

    internal static void CheckStart(MapRows maps, ReadOnlySpan<float> centres, string argument)
    {
        if (centres.Length == 0
            || centres.Length % maps.Tokens != 0
            || centres.Length > (long)maps.Count * maps.Tokens)
        {
            throw new ArgumentException(
                $"There are {centres.Length} values for start centres; each centre has {maps.Tokens} values, and "
                + $"there must be from 1 to {maps.Count} centres.",
                argument);
        }

        int invalid = RowCheck.FirstInvalid(centres);
        if (invalid >= 0)
        {
            throw new ArgumentException(
                $"The start centres hold {centres[invalid]} at index {invalid}; like the maps, they must be finite "
                + "and not negative.",
                argument);
        }
    }
}
