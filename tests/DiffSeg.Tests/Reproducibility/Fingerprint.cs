using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DiffSeg.Baselines;
using DiffSeg.Semantics;
using DiffSeg.Tests.Baselines;
using DiffSeg.Tests.Oracle;
using DiffSeg.Tests.Semantics;

namespace DiffSeg.Tests.Reproducibility;

/// <summary>A hash of every bit that segmentation, its baselines and nouns give on a set of random pictures.</summary>
internal static class Fingerprint
{
    private static readonly (AttentionShape[] Shapes, int Anchors, float Threshold)[] Pictures =
    [
        ([new(1, 16, 16), new(1, 8, 8), new(1, 4, 4), new(1, 2, 2)], 8, 0.3f),
        ([new(2, 20, 20), new(1, 10, 10), new(3, 5, 5)], 8, 0.2f),
        ([new(1, 17, 13)], 6, 0.6f),
        ([new(1, 12, 24), new(1, 12, 24), new(1, 6, 12)], 10, 0.1f),
        ([new(1, 32, 32), new(1, 16, 16)], 16, 0.25f),
    ];

    public static string Take(int degree)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int picture = 0; picture < Pictures.Length; picture++)
        {
            (AttentionShape[] shapes, int anchors, float threshold) = Pictures[picture];
            AggregationOptions aggregation = new() { MaxDegreeOfParallelism = degree };
            using AggregatedAttention attention = RandomAttention.Aggregate(picture, shapes, aggregation);
            Append(hash, attention.Values);
            foreach (DiffSegOptions options in Variants(anchors, threshold, degree))
            {
                MaskGrid grid = new(61, 83, 0.25, -0.5, attention.Height - 0.5, attention.Width + 1);
                Segmentation segmentation = new DiffSegSegmenter(options).Segment(attention, grid);
                Append(hash, segmentation.Proposals.Values);
                Append(hash, segmentation.Labels);
            }

            // The first two centres are equal and compete for the same maps: ties, and an empty cluster.
            KMeansResult clusters = KMeans.Cluster(
                attention,
                [.. attention.Map(0), .. attention.Map(0), .. attention.Map(attention.Tokens / 2)],
                new KMeansOptions { MaxDegreeOfParallelism = degree });
            Append(hash, clusters.Labels);
            Append(hash, clusters.Centres);
            AppendMethods(hash, attention, picture, degree);
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void AppendMethods(IncrementalHash hash, AggregatedAttention attention, int picture, int degree)
    {
        DbscanOptions dense = new() { Epsilon = 0.05f, MinPoints = 6, MaxDegreeOfParallelism = degree };
        Append(hash, Dbscan.Cluster(attention, dense).Labels);
        MaskGrid grid = MaskGrid.Whole(attention, 61, 83);
        MethodInput input = new(attention, grid) { Picture = RandomPicture.Create(picture, 90, 120) };
        Segmentation colours = new ColourPositionMethod(7, new DiffSegOptions { MaxDegreeOfParallelism = degree }).Segment(input);
        Append(hash, colours.Labels);

        CrossAttentionShape text = new(2, attention.Height, attention.Width, 6);
        CrossAttention words = RandomText.Aggregate(picture, [text, text with { Height = 3, Width = 5 }]);
        Noun[] nouns = [new("cat", 1), new("dog", 2, 4)];
        Append<float>(hash, words.Map(nouns[1], grid));
        SegmentNouns named = NounLabelling.Label(colours.Labels, grid, words, nouns);
        Append<double>(hash, named.Segments.SelectMany(s => s.Scores).ToArray());
    }

    private static IEnumerable<DiffSegOptions> Variants(int anchors, float threshold, int degree)
    {
        DiffSegOptions plain = new() { AnchorsPerSide = anchors, KlThreshold = threshold, MaxDegreeOfParallelism = degree };
        yield return plain;
        yield return plain with { Refine = true, LabelOrder = LabelOrder.Proposal };
        yield return plain with { KlThreshold = threshold / 4, MinRegionShare = 0.01, Regions = true };
        yield return plain with { Iterations = 1, MinRegionShare = 0.02 };
    }

    private static void Append<T>(IncrementalHash hash, ReadOnlySpan<T> values)
        where T : unmanaged => hash.AppendData(MemoryMarshal.AsBytes(values));
}
