using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>
/// The mean variance of the features, between bounds: enough to say that k-means has settled, or not, without another
/// pass over the maps. Keeps its buffers for the next image.
/// </summary>
internal sealed class FeatureSpread
{
    private KeptBuffer<double> _mean;
    private double _least;
    private double _most;

    /// <summary>Bounds the variance.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="squaredNorms">The sum of all their squared values.</param>
    /// <param name="clusterMeans">The means of clusters that together hold all maps.</param>
    /// <param name="sizes">Maps of each cluster; the means of empty ones are not read.</param>
    /// <remarks>
    /// The sum of squared distances to the mean m is sum |x|^2 - N m^2, and m that of the clusters' means. Of values that
    /// are not negative, a sum of blocks of 64 in single precision is off by e = (64 + N / 64 + 2) 2^-24 of itself at most. So
    /// is the mean that an accurate variance is taken from, and that made here: N m^2 is known to 7 e of itself.
    /// </remarks>
    public void Estimate(
        MapRows maps, double squaredNorms, ReadOnlySpan<float> clusterMeans, ReadOnlySpan<int> sizes)
    {
        Span<double> mean = _mean.Take(maps.Tokens);
        mean.Clear();
        for (int cluster = 0; cluster < sizes.Length; cluster++)
        {
            ReadOnlySpan<float> values = clusterMeans.Slice(cluster * maps.Tokens, maps.Tokens);
            double share = sizes[cluster] / (double)maps.Count;
            for (int i = 0; i < mean.Length && share > 0; i++)
            {
                mean[i] += share * values[i];
            }
        }

        double ofMean = maps.Count * TensorPrimitives.SumOfSquares<double>(mean);
        double error = (8 * (66 + (maps.Count / MatchMatrix.WordSize)) * Math.ScaleB(1, -24) * ofMean)
            + SquaredDistance.Error(squaredNorms + ofMean, maps.Count + maps.Tokens);
        double features = (double)maps.Count * maps.Tokens;
        _least = (squaredNorms - ofMean - error) / features;
        _most = (squaredNorms - ofMean + error) / features;
    }

    /// <summary>Compares a squared shift with a share of the variance.</summary>
    /// <param name="shift">The shift, right to 1e-8 of itself.</param>
    /// <param name="share">The share.</param>
    /// <returns>Below 0 when it is surely at most that share, above 0 when it surely is not, else 0.</returns>
    public int Compare(double shift, double share) =>
        shift * (1 + 1e-8) < share * _least ? -1
        : shift * (1 - 1e-8) > share * _most ? 1
        : 0;
}
