using System.Numerics;

namespace DiffSeg;

/// <summary>All pairs of maps whose distance is below a threshold, as bits.</summary>
/// <remarks>
/// Maps are taken in batches, each compared with those before it and among itself: every pair once, so that it does not
/// matter in which order its maps are given to the matcher.
/// </remarks>
internal sealed class NeighbourPairs
{
    private const int Batch = 512;
    private readonly MatchMatrix[] _batches;

    private NeighbourPairs(MatchMatrix[] batches, int count)
    {
        _batches = batches;
        Count = count;
    }

    /// <summary>Number of maps.</summary>
    public int Count { get; }

    /// <summary>Compares all maps.</summary>
    /// <param name="maps">The maps.</param>
    /// <param name="threshold">A pair counts when its distance is below this (strictly).</param>
    /// <param name="settings">Zeros and threads.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The pairs.</returns>
    public static NeighbourPairs Find(
        MapRows maps, float threshold, MatchSettings settings, CancellationToken cancellationToken)
    {
        MapMatcher matcher = new();
        MatchMatrix[] batches = new MatchMatrix[(maps.Count + Batch - 1) / Batch];
        for (int batch = 0; batch < batches.Length; batch++)
        {
            int first = batch * Batch;
            int count = Math.Min(Batch, maps.Count - first);
            batches[batch] = new MatchMatrix();
            matcher.Match(
                maps with { Count = first + count },
                [.. Enumerable.Range(first, count)],
                count,
                threshold,
                settings,
                batches[batch],
                cancellationToken);
        }

        return new NeighbourPairs(batches, maps.Count);
    }

    /// <summary>Goes through all pairs, each once, a map's pair with itself included; in ascending order of the first map.</summary>
    /// <param name="pair">Called with a map and one at or before it.</param>
    public void ForEach(Action<int, int> pair)
    {
        for (int one = 0; one < Count; one++)
        {
            MatchMatrix batch = _batches[one / Batch];
            for (int block = 0; block < batch.Blocks; block++)
            {
                for (ulong left = batch.Block(block)[one % Batch]; left != 0; left &= left - 1)
                {
                    int place = (block * MatchMatrix.WordSize) + BitOperations.TrailingZeroCount(left);
                    int other = batch.Order.MapAt(place);
                    if (other <= one)
                    {
                        pair(one, other);
                    }
                }
            }
        }
    }
}
