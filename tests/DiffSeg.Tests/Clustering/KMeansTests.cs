using CsCheck;
using DiffSeg.Tests.Numerics;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Clustering;

public class KMeansTests
{
    [Fact]
    public void Every_map_is_with_its_nearest_centre_and_every_centre_is_a_mean() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[1, 9]).Sample((seed, k) =>
        {
            using AggregatedAttention attention = RandomAttention.Aggregate(seed, [new(1, 9, 10), new(1, 3, 5)]);
            KMeansResult result = KMeans.Cluster(attention, Start(attention, k), new KMeansOptions { Tolerance = 0 });
            Assert.Equal(k, result.Count);
            double inertia = 0;
            for (int i = 0; i < attention.Tokens; i++)
            {
                double[] distances = [.. Enumerable.Range(0, k)
                    .Select(c => SquaredDistance.Accurate(attention.Map(i), Centre(result, c)))];
                Assert.Equal(Array.IndexOf(distances, distances.Min()), result.Labels[i]);
                inertia += distances.Min();
            }

            Assert.Equal(inertia, result.Inertia, 1e-12);
            for (int c = 0; c < k; c++)
            {
                int[] members = [.. Enumerable.Range(0, attention.Tokens).Where(i => result.Labels[i] == c)];
                for (int j = 0; j < attention.Tokens && members.Length > 0; j++)
                {
                    Assert.Equal(members.Average(i => (double)attention.Map(i)[j]), Centre(result, c)[j], 1e-7);
                }
            }
        }, iter: 30);

    [Fact]
    public void More_iterations_never_raise_the_inertia()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 12, 12)]);
        double before = double.PositiveInfinity;
        for (int iterations = 1; iterations < 8; iterations++)
        {
            KMeansResult result = KMeans.Cluster(
                attention, Start(attention, 5), new KMeansOptions { Tolerance = 0, MaxIterations = iterations });
            Assert.InRange(result.Inertia, 0, before + 1e-12);
            before = result.Inertia;
        }
    }

    [Fact]
    public void Of_equal_centres_the_first_is_nearest()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(4, [new(1, 6, 6)]);
        float[] twice = [.. attention.Map(3), .. attention.Map(20), .. attention.Map(3), .. attention.Map(20)];
        CentreBounds bounds = new();
        int[] labels = new int[36];
        bounds.Start(attention.Rows, twice, 4, labels);
        Assert.True(bounds.Assign(-1, default));
        Assert.All(labels, label => Assert.InRange(label, 0, 1));
        Assert.False(bounds.Assign(-1, default));
    }

    /// <summary>Bounds and kept sums change nothing: labels, centres, iterations and inertia are the same bits.</summary>
    [Fact]
    public void Is_plain_k_means()
    {
        Lloyd kept = new();
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[1, 14], Gen.Int[2, 15], Gen.Int[2, 15], Gen.Int[0, 3]).Sample((seed, k, height, width, kind) =>
        {
            MapRows maps = ClusteredMaps.Create(seed, height, width, kind);
            k = Math.Min(k, maps.Count);
            float[] start = ClusteredMaps.Start(seed, maps, k);
            KMeansOptions options = new()
            {
                Tolerance = (seed % 3) switch { 0 => 0, 1 => 1e-4, _ => 0.05 },
                MaxIterations = seed % 5 == 0 ? 3 : 300,
                MaxDegreeOfParallelism = 1 + (seed % 3),
            };
            PlainKMeans expected = PlainKMeans.Run(maps, start, options);
            kept.Run(maps, start, options, null, default);
            Assert.Equal(expected.Labels, kept.Labels.ToArray());
            Assert.Equal(expected.Iterations, kept.Iterations);
            Assert.Equal(expected.Centres, kept.Centres.ToArray());
            Assert.Equal(expected.Inertia, kept.Inertia());
            float[] means = new float[start.Length];
            kept.MeansInto(means);
            Assert.Equal(expected.Means, means);
            kept.Clear();
        }, iter: 400, threads: 1);
    }

    [Fact]
    public void Refined_once_warm_only_the_proposals_are_allocated()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(8, [new(1, 16, 16)]);
        ProposalSet proposals = new(Start(attention, 9), 9, 16, 16);
        Refinement refinement = new();
        KMeansOptions options = new() { MaxDegreeOfParallelism = 1 };
        long allocated = Allocation.OnceWarm(() => refinement.Run(attention, proposals, options, null, default));
        Assert.InRange(allocated, 9 * 256 * 4, (9 * 256 * 4) + 100);
    }

    [Fact]
    public void An_empty_cluster_takes_a_map_and_ends_with_members()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(5, [new(1, 6, 6)]);
        float[] start = [.. attention.Map(3), .. attention.Map(3), .. attention.Map(3)];
        KMeansResult result = KMeans.Cluster(attention, start);
        Assert.Equal([0, 1, 2], result.Labels.ToArray().Distinct().Order());
    }

    [Fact]
    public void More_clusters_than_different_maps_leave_some_empty()
    {
        float[] uniform = new float[16];
        Array.Fill(uniform, 0.25f);
        AttentionAggregator aggregator = new([new(1, 2, 2)]);
        aggregator.Add(0, uniform);
        using AggregatedAttention attention = aggregator.Aggregate();
        KMeansResult result = KMeans.Cluster(attention, Start(attention, 3));
        Assert.All(result.Labels.ToArray(), label => Assert.Equal(0, label));
        Assert.Equal(0, result.Inertia);
    }

    [Fact]
    public void Iterations_are_reported_and_counted()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(6, [new(1, 10, 10)]);
        Recorder recorder = new();
        KMeansResult result = KMeans.Cluster(attention, Start(attention, 4), progress: recorder);
        Assert.Equal(Enumerable.Range(1, result.Iterations), recorder.Values);
        Assert.Equal(result.Iterations, KMeans.Cluster(attention, Start(attention, 4)).Iterations);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(37 * 36)]
    public void Start_centres_of_a_wrong_length_are_an_error(int length)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(7, [new(1, 6, 6)]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => KMeans.Cluster(attention, new float[length]));
        Assert.StartsWith(
            $"There are {length} values for start centres; each centre has 36 values, and there must be from 1 to 36 centres.",
            error.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    public void Start_centres_that_no_map_can_be_are_an_error(float value)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(7, [new(1, 6, 6)]);
        float[] start = Start(attention, 2);
        start[40] = value;
        Assert.Contains("at index 40", Assert.Throws<ArgumentException>(() => KMeans.Cluster(attention, start)).Message);
    }

    [Fact]
    public void Options_are_guarded()
    {
        Assert.Throws<ArgumentOutOfRangeException>("MaxIterations", () => new KMeansOptions { MaxIterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>("Tolerance", () => new KMeansOptions { Tolerance = -1 });
        Assert.Throws<ArgumentOutOfRangeException>("Tolerance", () => new KMeansOptions { Tolerance = double.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(
            "MaxDegreeOfParallelism", () => new KMeansOptions { MaxDegreeOfParallelism = 0 });
    }

    private static float[] Start(AggregatedAttention attention, int k) =>
        [.. Enumerable.Range(0, k).SelectMany(i => attention.Map(((2 * i) + 1) * attention.Tokens / (2 * k)).ToArray())];

    private static ReadOnlySpan<float> Centre(KMeansResult result, int cluster) =>
        result.Centres.Slice(cluster * result.Labels.Length, result.Labels.Length);

    private sealed class Recorder : IProgress<int>
    {
        public List<int> Values { get; } = [];

        public void Report(int value) => Values.Add(value);
    }
}
