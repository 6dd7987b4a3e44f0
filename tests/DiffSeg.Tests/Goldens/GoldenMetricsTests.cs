using System.Text.Json;
using DiffSeg.Evaluation;

namespace DiffSeg.Tests.Goldens;

/// <summary>Histograms, assignments and scores against the published evaluation's, all of them exactly.</summary>
public class GoldenMetricsTests
{
    public static TheoryData<string, string> Cases => GoldenFolders.Cases("metrics");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Histograms_assignments_and_scores_are_the_published_ones(string source, string name)
    {
        string folder = GoldenFolders.Find(source, name);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        NumpyArchive data = new(Path.Combine(folder, "data.npz"));
        int classCount = json.RootElement.GetProperty("n_class").GetInt32();
        ClassCounts sum = new(classCount);
        foreach (JsonElement expected in json.RootElement.GetProperty("images").EnumerateArray())
        {
            int batch = expected.GetProperty("batch").GetInt32();
            int image = expected.GetProperty("image").GetInt32();
            ContingencyTable table = Table(data, batch, image, classCount);
            ConfusionHistogram histogram = ConfusionHistogram.Of(table, classCount);
            NumpyArray counts = data[$"hist_{batch}_{image}"];
            Assert.Equal(counts.Shape, new int[] { histogram.ClassCount, histogram.LabelCount });
            Assert.Equal(counts.ToInts().Select(c => (long)c), histogram.Counts.ToArray());

            int[] labels = histogram.Match();
            Assert.Equal(expected.GetProperty("assignment").EnumerateArray().Select(a => a.GetInt32()), labels);
            ClassCounts ofImage = new(classCount);
            ofImage.Add(histogram, labels);
            CheckCounts(expected, ofImage);
            sum.Add(ofImage);
        }

        CheckCounts(json.RootElement.GetProperty("expected"), sum);
        CheckScores(json.RootElement.GetProperty("expected"), sum.Compute());
    }

    private static ContingencyTable Table(NumpyArchive data, int batch, int image, int classCount)
    {
        NumpyArray masks = data[$"pred_{batch}"];
        (int height, int width) = (masks.Shape[1], masks.Shape[2]);
        Range pixels = (image * height * width)..((image + 1) * height * width);
        ushort[] mask = [.. masks.ToInts()[pixels].Select(label => (ushort)label)];

        // The published code ignores every value that is not one of the classes.
        ushort[] classes =
            [.. data[$"label_{batch}"].ToInts()[pixels].Select(c => c >= 0 && c < classCount ? (ushort)c : LabelMap.Ignored)];
        return ContingencyTable.Count(new LabelMap(height, width, classes), mask, height, width);
    }

    private static void CheckCounts(JsonElement expected, ClassCounts counts)
    {
        Assert.Equal(Numbers(expected, "tp"), counts.TruePositives.ToArray());
        Assert.Equal(Numbers(expected, "fp"), counts.FalsePositives.ToArray());
        Assert.Equal(Numbers(expected, "fn"), counts.FalseNegatives.ToArray());
        Assert.Equal(expected.GetProperty("all").GetInt64(), counts.Pixels);
    }

    private static void CheckScores(JsonElement expected, ClassScores scores)
    {
        Assert.Equal(expected.GetProperty("pixel_accuracy").GetDouble(), scores.PixelAccuracy);
        Assert.Equal(
            expected.GetProperty("iou").EnumerateArray()
                .Select(iou => iou.ValueKind == JsonValueKind.Null ? (double?)null : iou.GetDouble()),
            scores.PerClassIoU);

        // The order of a floating-point sum is the one thing that integers do not settle.
        Assert.Equal(expected.GetProperty("miou").GetDouble(), scores.MeanIoU!.Value, 1e-15);
    }

    private static long[] Numbers(JsonElement parent, string name) =>
        [.. parent.GetProperty(name).EnumerateArray().Select(value => (long)value.GetDouble())];
}
