using DiffSeg.Baselines;
using DiffSeg.Tests.Clustering;
using DiffSeg.Tests.Oracle;

namespace DiffSeg.Tests.Baselines;

public class MethodTests
{
    private static readonly DiffSegOptions Raw = new() { LabelOrder = LabelOrder.Proposal, AnchorsPerSide = 8, KlThreshold = 0.2f };

    public static TheoryData<int> Methods => [0, 1, 2, 3, 4, 5, 6, 7];

    /// <summary>What a report does: every method on one input, with one set of options.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_makes_the_mask_asked_for_with_the_clean_up_asked_for(int index)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 12, 16), new(1, 6, 8)]);
        MethodInput input = new(attention, new MaskGrid(61, 83, 0.5, -0.5, 11, 17))
        {
            SegmentCount = 4,
            Picture = RandomPicture.Create(2, 61, 83),
        };
        ISegmentationMethod plain = Method(index, Raw);
        Segmentation raw = plain.Segment(input);
        Assert.Equal((61, 83), (raw.Height, raw.Width));
        Assert.Equal(61 * 83, raw.Segments.Sum(s => s.Area));
        Assert.Equal(raw.Labels.ToArray(), plain.Segment(input).Labels.ToArray());
        Assert.NotEmpty(plain.Name);

        ISegmentationMethod cleaning = Method(index, Raw with { LabelOrder = LabelOrder.Area, MinRegionShare = 0.05, Regions = true });
        Segmentation cleaned = cleaning.Segment(input);
        Assert.All(cleaned.Segments, s => Assert.InRange(s.Area, 0.05 * 61 * 83, 61 * 83));
        Assert.Equal(cleaned.Segments.Select(s => s.Area).OrderDescending(), cleaned.Segments.Select(s => s.Area));
        Assert.All(cleaned.Segments, s => Assert.InRange(cleaned.ProposalOf(s.Label), 0, raw.Labels.ToArray().Max()));
    }

    [Fact]
    public void Names_say_what_matters() => Assert.Equal(
        [
            "DiffSeg", "K-Means-C (k = 6)", "K-Means-S", "DBSCAN (eps = 0.05, min = 8)", "One segment",
            "Colour and position", "Colour and position (k = 3)",
        ],
        new[] { 0, 1, 2, 4, 5, 6, 7 }.Select(i => Method(i, Raw).Name));

    [Fact]
    public void One_segment_is_one()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 4, 4)]);
        Segmentation mask = new OneSegmentMethod().Segment(new MethodInput(attention, MaskGrid.Whole(attention, 5, 7)));
        Assert.Equal(35, mask.Segments.Single().Area);
        Assert.Equal(0, mask.Proposals.Count);
    }

    [Fact]
    public void Nearest_tokens_make_blocks()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(3, [new(1, 12, 16)]);
        KMeansMethod method = new(4, Raw) { Pixels = TokenPixels.Nearest };
        ushort[] tokens = method.Segment(new MethodInput(attention, MaskGrid.Whole(attention, 12, 16))).Labels.ToArray();
        ushort[] blocks = method.Segment(new MethodInput(attention, MaskGrid.Whole(attention, 36, 80))).Labels.ToArray();
        Assert.All(Enumerable.Range(0, blocks.Length), i => Assert.Equal(tokens[(i / 80 / 3 * 16) + (i % 80 / 5)], blocks[i]));

        // A quarter of the map, and what lies beyond its edge.
        ushort[] part = method.Segment(new MethodInput(attention, new MaskGrid(4, 4, 10, 14, 4, 4))).Labels.ToArray();
        Assert.All(Enumerable.Range(0, 16), i => Assert.Equal(
            tokens[(Math.Min(11, 10 + (i / 4)) * 16) + Math.Min(15, 14 + (i % 4))], part[i]));
    }

    [Fact]
    public void Noise_goes_to_the_cluster_whose_mean_is_highest_there()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(5, [new(1, 12, 12), new(2, 6, 6), new(1, 3, 3)]);
        DbscanOptions clustering = new() { Epsilon = 0.036f, MinPoints = 12 };
        int[] labels = NaiveDbscan.Run(attention, clustering);
        Assert.Contains(-1, labels);
        double[][] means = [.. Enumerable.Range(0, labels.Max() + 1).Select(cluster => Enumerable.Range(0, 144)
            .Select(key => Enumerable.Range(0, 144).Where(i => labels[i] == cluster).Average(i => (double)attention.Map(i)[key]))
            .ToArray())];
        int[] expected = [.. labels.Select((label, i) => label >= 0
            ? label
            : Enumerable.Range(0, means.Length).MaxBy(cluster => means[cluster][i]))];
        DbscanMethod method = new(clustering, Raw) { Pixels = TokenPixels.Nearest };
        MethodInput input = new(attention, MaskGrid.Whole(attention, 12, 12));
        Assert.Equal(expected, method.Segment(input).Labels.ToArray().Select(label => (int)label));

        // Interpolated at the tokens themselves, every token goes to the highest mean.
        Assert.Equal(
            Enumerable.Range(0, 144).Select(i => Enumerable.Range(0, means.Length).MaxBy(cluster => means[cluster][i])),
            new DbscanMethod(clustering, Raw).Segment(input).Labels.ToArray().Select(label => (int)label));
    }

    [Theory]
    [InlineData(TokenPixels.Interpolate)]
    [InlineData(TokenPixels.Nearest)]
    public void Where_all_is_noise_the_picture_is_one_segment(TokenPixels pixels)
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(5, [new(1, 6, 6)]);
        DbscanMethod method = new(new DbscanOptions { Epsilon = 1e-9f, MinPoints = 30 }, Raw) { Pixels = pixels };
        Segmentation mask = method.Segment(new MethodInput(attention, MaskGrid.Whole(attention, 9, 9)));
        Assert.Equal(81, mask.Segments.Single().Area);
    }

    [Fact]
    public void Bad_input_is_an_error_that_says_what()
    {
        using AggregatedAttention attention = RandomAttention.Aggregate(5, [new(1, 2, 2)]);
        MethodInput input = new(attention, MaskGrid.Whole(attention, 9, 9));
        Assert.Contains("K-Means-S must be told how many segments to make: set SegmentCount", Assert.Throws<ArgumentException>(
            "input", () => new KMeansMethod(null).Segment(input)).Message);
        Assert.Contains("5 clusters were asked for, but the attention has 4 maps", Assert.Throws<ArgumentException>(
            "input", () => new KMeansMethod(5).Segment(input)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("clusters", () => new KMeansMethod(0));
        Assert.Throws<ArgumentOutOfRangeException>("SegmentCount", () => input with { SegmentCount = 0 });
        Assert.Throws<ArgumentException>("grid", () => new MethodInput(attention, new MaskGrid(0, 1, 0, 0, 1, 1)));
        foreach (int method in Methods)
        {
            Assert.Throws<ArgumentNullException>("input", () => Method(method, Raw).Segment(null!));
        }
    }

    private static ISegmentationMethod Method(int index, DiffSegOptions options) => index switch
    {
        0 => new DiffSegMethod(options),
        1 => new KMeansMethod(KMeansMethod.PaperClusters, options),
        2 => new KMeansMethod(null, options),
        3 => new KMeansMethod(3, options) { Pixels = TokenPixels.Nearest },
        4 => new DbscanMethod(new DbscanOptions { Epsilon = 0.05f, MinPoints = 8 }, options),
        5 => new OneSegmentMethod(),
        6 => new ColourPositionMethod(null, options),
        _ => new ColourPositionMethod(3, options),
    };
}
