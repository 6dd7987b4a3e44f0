namespace DiffSeg;

/// <summary>The clusters that k-means found.</summary>
public sealed class KMeansResult
{
    private readonly int[] _labels;
    private readonly float[] _centres;

    internal KMeansResult(int[] labels, float[] centres, int iterations, double inertia)
    {
        _labels = labels;
        _centres = centres;
        Iterations = iterations;
        Inertia = inertia;
        Dimensions = labels.Length;
    }

    /// <summary>The cluster of each token, N values.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The centres [K, N], row-major.</summary>
    public ReadOnlySpan<float> Centres => _centres;

    /// <summary>Number of clusters, K; some may be empty.</summary>
    public int Count => _centres.Length / Dimensions;

    /// <summary>Iterations done.</summary>
    public int Iterations { get; }

    /// <summary>Sum of the squared distances of all maps to the centres of their clusters.</summary>
    public double Inertia { get; }

    private int Dimensions { get; }
}
