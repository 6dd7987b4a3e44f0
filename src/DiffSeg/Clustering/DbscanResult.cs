namespace DiffSeg;

/// <summary>The clusters that <see cref="Dbscan"/> found.</summary>
public sealed class DbscanResult
{
    /// <summary>The label of a token that belongs to no cluster.</summary>
    public const int Noise = -1;

    private readonly int[] _labels;

    internal DbscanResult(int[] labels, int count)
    {
        _labels = labels;
        Count = count;
    }

    /// <summary>The cluster of each token, N values; <see cref="Noise"/> where there is none.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>Number of clusters, numbered by their first core; 0 when all is noise.</summary>
    public int Count { get; }

    /// <summary>Tokens that belong to no cluster.</summary>
    public int NoiseCount => _labels.Count(label => label == Noise);
}
