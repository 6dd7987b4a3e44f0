using System.Text.Json;
using DiffSeg.Tests.Masks;

namespace DiffSeg.Tests.Goldens;

/// <summary>K-means from given start centres against the reference solver's labels and centres.</summary>
public class GoldenKMeansTests
{
    public static TheoryData<string, string> Cases => GoldenFolders.Cases("kmeans");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Labels_and_centres_agree_with_the_reference(string source, string name)
    {
        string folder = GoldenFolders.Find(source, name);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        string sourceCase = json.RootElement.GetProperty("source_case").GetString()!;
        using AggregatedAttention attention = new GoldenCase(Path.Combine(folder, "..", sourceCase)).Aggregate();
        NumpyArchive expected = new(Path.Combine(folder, "expected.npz"));
        foreach (JsonElement run in json.RootElement.GetProperty("expected").EnumerateArray())
        {
            string mode = run.GetProperty("mode").GetString()!;
            // With several empty clusters the order is the solver's own; the README calls dup_two informative only.
            if (mode != "dup_two")
            {
                Check(attention, expected, mode, run);
            }
        }
    }

    private static void Check(AggregatedAttention attention, NumpyArchive expected, string mode, JsonElement run)
    {
        double tolerance = run.GetProperty("tol").GetDouble();
        string prefix = mode + (tolerance == 0 ? "_tol0" : "");
        int[] start = expected[mode + "_init_index"].ToInts();
        KMeansResult result = KMeans.Cluster(
            attention,
            [.. start.SelectMany(i => attention.Map(i).ToArray())],
            new KMeansOptions { Tolerance = tolerance },
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(expected[prefix + "_labels"].ToInts(), result.Labels.ToArray());
        Assert.Equal(run.GetProperty("k").GetInt32(), result.Count);
        Assert.Equal(run.GetProperty("n_iter").GetInt32(), result.Iterations);
        Assert.Equal(run.GetProperty("inertia").GetDouble(), result.Inertia, 1e-5 * result.Inertia);
        float[] centres = expected[prefix + "_centers"].ToSingles();
        for (int i = 0; i < centres.Length; i++)
        {
            Assert.True(
                Math.Abs(centres[i] - result.Centres[i]) <= 1e-5 * centres[i],
                $"{prefix}, centre value {i}: {result.Centres[i]}, expected {centres[i]}.");
        }

        if (expected.Contains(prefix + "_upsampled_argmax"))
        {
            ProposalSet proposals = new(result.Centres.ToArray(), result.Count, attention.Height, attention.Width);
            MaskGrid grid = MaskGrid.Whole(attention, 8 * attention.Height, 8 * attention.Width);
            GoldenMask.Check(
                expected[prefix + "_upsampled_argmax"].ToInts(),
                expected[prefix + "_margin_class"].ToInts(),
                RawMask.Label(proposals, grid));
        }
    }
}
