using CsCheck;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Clustering;

public class DbscanTests
{
    private static readonly AttentionShape[][] Ladders =
    [
        [new(1, 12, 12), new(2, 6, 6), new(1, 3, 3)],
        [new(1, 8, 12), new(1, 4, 6)],
        [new(1, 9, 9), new(1, 3, 3)],
        [new(1, 24, 24), new(1, 12, 12)],
    ];

    [Fact]
    public void Clusters_are_those_of_the_published_algorithm() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 2], Gen.Float[0.02f, 0.3f], Gen.Int[1, 20]).Sample((seed, ladder, epsilon, minPoints) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, Ladders[ladder]);
            DbscanOptions options = new() { Epsilon = epsilon, MinPoints = minPoints, MaxDegreeOfParallelism = 1 + (seed % 3) };
            DbscanResult result = Dbscan.Cluster(attention, options);
            int[] expected = NaiveDbscan.Run(attention, options);
            Assert.Equal(expected, result.Labels.ToArray());
            Assert.Equal(expected.Max() + 1, result.Count);
            Assert.Equal(expected.Count(label => label < 0), result.NoiseCount);
        }, iter: 60, threads: 1);

    /// <summary>The random pictures above are not all one cluster or all noise.</summary>
    [Fact]
    public void Clusters_borders_and_noise_occur()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(5, Ladders[0]);
        DbscanResult result = Dbscan.Cluster(attention, new DbscanOptions { Epsilon = 0.036f, MinPoints = 12 });
        Assert.InRange(result.Count, 2, 20);
        Assert.InRange(result.NoiseCount, 1, 140);
        DbscanResult cores = Dbscan.Cluster(attention, new DbscanOptions { Epsilon = 0.036f, MinPoints = 1 });
        Assert.Equal(0, cores.NoiseCount);
    }

    [Fact]
    public void More_maps_than_a_batch_are_compared_too()
    {
        // 24 x 24 maps are more than one batch of 512; their objects reach across it.
        using AggregatedAttention attention = RandomAttention.Aggregate(9, Ladders[3]);
        DbscanOptions options = new() { Epsilon = 0.06f, MinPoints = 10 };
        Assert.Equal(NaiveDbscan.Run(attention, options), Dbscan.Cluster(attention, options).Labels.ToArray());
    }

    [Theory]
    [InlineData(ZeroAttention.MatchesNothing)]
    [InlineData(ZeroAttention.Clamp)]
    public void Zeros_do_as_they_are_told(ZeroAttention zeros)
    {
        float[] tensor = RandomAttention.Tensor(2, new AttentionShape(1, 8, 8));
        for (int i = 0; i < 64; i += 3)
        {
            tensor[(i * 64) + 5] = 0;
        }

        using AggregatedAttention attention = AggregatedAttention.FromTensors([(new AttentionShape(1, 8, 8), tensor)]);
        DbscanOptions options = new() { Epsilon = 0.8f, MinPoints = 2, ZeroAttention = zeros };
        DbscanResult result = Dbscan.Cluster(attention, options);
        Assert.Equal(NaiveDbscan.Run(attention, options), result.Labels.ToArray());
        Assert.Equal(zeros == ZeroAttention.Clamp, result.Labels[3] >= 0);
    }

    [Fact]
    public void Nothing_dense_is_all_noise()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(1, Ladders[1]);
        DbscanResult result = Dbscan.Cluster(attention, new DbscanOptions { Epsilon = 1e-9f, MinPoints = 2 * 96 });
        Assert.Equal((0, 96), (result.Count, result.NoiseCount));
    }

    [Fact]
    public void Options_are_guarded_and_cancelling_works()
    {
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => new DbscanOptions { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Epsilon", () => new DbscanOptions { Epsilon = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>("MinPoints", () => new DbscanOptions { MinPoints = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("ZeroAttention", () => new DbscanOptions { ZeroAttention = (ZeroAttention)9 });
        Assert.Throws<ArgumentOutOfRangeException>(
            "MaxDegreeOfParallelism", () => new DbscanOptions { MaxDegreeOfParallelism = 0 });
        using AggregatedAttention attention = RandomAttention.Aggregate(1, Ladders[1]);
        Assert.Throws<OperationCanceledException>(
            () => Dbscan.Cluster(attention, null, new CancellationToken(canceled: true)));
    }
}
