using System.Text.Json;
using DiffSeg.Baselines;

namespace DiffSeg.Tests.Goldens;

/// <summary>The masks of K-Means-C and K-Means-S against the reference's, start centres included.</summary>
public class GoldenBaselineTests
{
    private static readonly DiffSegOptions Raw = new() { LabelOrder = LabelOrder.Proposal };

    // The case with equal start centres has other ones than the methods; GoldenKMeansTests has it.
    public static TheoryData<string, string> Cases =>
        [.. GoldenFolders.Cases("kmeans").Where(row => row.Data.Item2 != "kmeans_r8_duplicate_init")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Masks_agree_with_the_reference(string source, string name)
    {
        string folder = GoldenFolders.Find(source, name);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        string sourceCase = json.RootElement.GetProperty("source_case").GetString()!;
        using AggregatedAttention attention = new GoldenCase(Path.Combine(folder, "..", sourceCase)).Aggregate();
        NumpyArchive expected = new(Path.Combine(folder, "expected.npz"));
        foreach (JsonElement run in json.RootElement.GetProperty("expected").EnumerateArray())
        {
            Check(attention, expected, run);
        }
    }

    private static void Check(AggregatedAttention attention, NumpyArchive expected, JsonElement run)
    {
        string mode = run.GetProperty("mode").GetString()!;
        double tolerance = run.GetProperty("tol").GetDouble();
        int clusters = run.GetProperty("k").GetInt32();
        string prefix = mode + (tolerance == 0 ? "_tol0" : "");
        bool constant = mode == "constant";
        Assert.True(!constant || clusters == KMeansMethod.PaperClusters);
        KMeansOptions stopping = new() { Tolerance = tolerance };
        int? told = constant ? clusters : null;
        KMeansMethod interpolating = new(told, Raw) { Stopping = stopping };
        KMeansMethod nearest = new(told, Raw) { Stopping = stopping, Pixels = TokenPixels.Nearest };

        MethodInput upsampled = new(attention, MaskGrid.Whole(attention, 8 * attention.Height, 8 * attention.Width));
        GoldenMask.Check(
            expected[prefix + "_upsampled_argmax"].ToInts(),
            expected[prefix + "_margin_class"].ToInts(),
            interpolating.Segment(upsampled with { SegmentCount = clusters }).Labels);

        MethodInput tokens = new(attention, MaskGrid.Whole(attention, attention.Height, attention.Width)) { SegmentCount = clusters };
        Assert.Equal(
            expected[prefix + "_labels"].ToInts(), nearest.Segment(tokens).Labels.ToArray().Select(label => (int)label));
    }
}
