using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Oracles;
using DiffSeg.Tests.Goldens;

namespace DiffSeg.Cli.Tests.Benchmarking;

/// <summary>The plain formulations compute what the library computes: only then do their times mean anything.</summary>
public class FormulationTests
{
    // Element by element, 256 anchors on a map of 64 x 64 take seconds: one such case is enough.
    private const double ManyElements = 256.0 * 4096 * 4096;

    public static TheoryData<string, string> Cases => GoldenFolders.Cases("segmentation");

    // In the expanded form a map's distance to itself is not exactly 0: a threshold of 0, which the library refuses, is out.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Two_products_give_the_recorded_mask(string source, string name)
    {
        Assert.SkipWhen(name == "edge_zero_threshold", "Two products say little about a threshold of 0.");
        Check(source, name, settings => new TwoProductFormulation(settings));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Published_formulation_gives_the_recorded_mask(string source, string name) =>
        Check(source, name, settings => new PublishedFormulation(settings, fused: true), source == "carried" ? ManyElements : ManyElements - 1);

    [Theory]
    [InlineData("r8_voronoi4")]
    [InlineData("r16_voronoi6_heads4")]
    [InlineData("r16_out100x150_extension")]
    [InlineData("edge_partial_zero")]
    public void Array_by_array_it_gives_the_same(string name) =>
        Check("carried", name, settings => new PublishedFormulation(settings, fused: false));

    private static void Check(
        string source, string name, Func<FormulationSettings, Formulation> make, double mostElements = double.MaxValue)
    {
        GoldenCase golden = new(GoldenFolders.Find(source, name));
        using AggregatedAttention attention = golden.Aggregate();
        Assert.SkipWhen(
            Math.Pow(golden.AnchorsPerSide, 2) * attention.Tokens * attention.Tokens > mostElements,
            "Too large to be compared element by element.");
        MaskGrid grid = golden.Grid(attention);
        var settings = new FormulationSettings(
            golden.AnchorsPerSide, golden.Thresholds, grid.OutputHeight, grid.OutputWidth, golden.Weights, Threads: 2);
        using Formulation formulation = make(settings);
        var input = new AttentionInput(
            name, golden.Shapes, [.. golden.Shapes.Select((_, level) => golden.Input(level))], golden.Thresholds[0], IsPicture: false);

        int[]? labels = formulation.Run(input, TestContext.Current.CancellationToken);

        if (!golden.Survives)
        {
            Assert.Null(labels);
            return;
        }

        // The recorded mask, or the library's where the recorded one is that of refined proposals.
        int[] expected = golden.Refine ? Ours(golden, attention, grid) : golden.Labels();
        int[] margins = golden.Refine ? new int[expected.Length] : golden.Expected["margin_class"].ToInts();
        GoldenMask.Check(expected, margins, [.. labels!.Select(label => (ushort)label)]);

        // A picture after the first meets the buffers of the one before.
        if (attention.Tokens <= 1024)
        {
            Assert.Equal(labels, formulation.Run(input, TestContext.Current.CancellationToken));
        }
    }

    private static int[] Ours(GoldenCase golden, AggregatedAttention attention, MaskGrid grid)
    {
        var segmenter = new DiffSegSegmenter(new DiffSegOptions
        {
            KlThresholds = golden.Thresholds,
            AnchorsPerSide = golden.AnchorsPerSide,
            LabelOrder = LabelOrder.Proposal,
        });
        Segmentation mask = segmenter.Segment(attention, grid, cancellationToken: TestContext.Current.CancellationToken);
        return [.. mask.Labels.ToArray().Select(label => (int)label)];
    }
}
