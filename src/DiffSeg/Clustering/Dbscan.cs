namespace DiffSeg;

/// <summary>
/// DBSCAN over attention maps (Ester et al., KDD 1996), a baseline of the paper's table 1: clusters are what dense
/// neighbourhoods connect, however many that makes; the rest is noise.
/// </summary>
/// <remarks>
/// A map with at least <see cref="DbscanOptions.MinPoints"/> neighbours is a core; cores that are neighbours share a cluster; a
/// map that is no core joins the first of its neighbouring cores' clusters. All pairs are compared, by the matcher of the
/// merging: exact, the same on every machine and for any number of threads. Takes N^2 / 16 bytes for N maps, 1 MiB at 64 x 64.
/// </remarks>
public static class Dbscan
{
    /// <summary>Clusters the N maps of aggregated attention.</summary>
    /// <param name="attention">The maps [N, N].</param>
    /// <param name="options">Neighbourhood and density; null for the defaults.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The cluster of each token.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DbscanResult Cluster(
        AggregatedAttention attention, DbscanOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(attention);
        options ??= new DbscanOptions();
        NeighbourPairs neighbours = NeighbourPairs.Find(
            attention.Rows,
            options.Epsilon,
            new MatchSettings(options.ZeroAttention, options.MaxDegreeOfParallelism),
            cancellationToken);
        bool[] cores = Cores(neighbours, options.MinPoints);
        int[] labels = Connected(neighbours, cores, out int count);
        AddBorders(neighbours, cores, labels);
        return new DbscanResult(labels, count);
    }

    private static bool[] Cores(NeighbourPairs neighbours, int minPoints)
    {
        int[] counts = new int[neighbours.Count];
        neighbours.ForEach((one, other) =>
        {
            counts[one]++;
            counts[other] += one == other ? 0 : 1;
        });
        return [.. counts.Select(count => count >= minPoints)];
    }

    /// <summary>Numbers the connected cores, by the first of each cluster; the others are noise for now.</summary>
    private static int[] Connected(NeighbourPairs neighbours, bool[] cores, out int count)
    {
        int[] parents = [.. Enumerable.Range(0, cores.Length)];
        neighbours.ForEach((one, other) =>
        {
            if (cores[one] && cores[other])
            {
                // The lower root stays, so that a root is the first core of its cluster.
                (int a, int b) = (Root(parents, one), Root(parents, other));
                parents[Math.Max(a, b)] = Math.Min(a, b);
            }
        });
        int[] labels = new int[cores.Length];
        count = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            int root = Root(parents, i);
            labels[i] = !cores[i] ? DbscanResult.Noise : root == i ? count++ : labels[root];
        }

        return labels;
    }

    private static void AddBorders(NeighbourPairs neighbours, bool[] cores, int[] labels)
    {
        neighbours.ForEach((one, other) =>
        {
            if (cores[one] != cores[other])
            {
                (int core, int border) = cores[one] ? (one, other) : (other, one);
                labels[border] = labels[border] == DbscanResult.Noise
                    ? labels[core]
                    : Math.Min(labels[border], labels[core]);
            }
        });
    }

    private static int Root(int[] parents, int index)
    {
        while (parents[index] != index)
        {
            parents[index] = parents[parents[index]];
            index = parents[index];
        }

        return index;
    }
}
