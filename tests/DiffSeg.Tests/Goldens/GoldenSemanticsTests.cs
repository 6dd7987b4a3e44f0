using System.Text.Json;
using DiffSeg.Semantics;

namespace DiffSeg.Tests.Goldens;

/// <summary>Cross-attention and nouns of masks against the published code's.</summary>
public class GoldenSemanticsTests
{
    public static TheoryData<string, string> Cases => GoldenFolders.Cases("semantics");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Maps_and_nouns_agree_with_the_reference(string source, string name)
    {
        string folder = GoldenFolders.Find(source, name);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        JsonElement json = document.RootElement;
        NumpyArchive inputs = new(Path.Combine(folder, "inputs.npz"));
        NumpyArchive expected = new(Path.Combine(folder, "expected.npz"));
        CrossAttention attention = Aggregate(json, inputs);
        int size = json.GetProperty("output_size").GetInt32();
        MaskGrid grid = MaskGrid.Whole(attention.Height, attention.Width, size, size);
        CheckMaps(attention, grid, expected);

        Noun[] nouns = [.. json.GetProperty("nouns").EnumerateArray().Select(n => new Noun(n[1].GetString()!, n[0].GetInt32() + 1))];
        double[] norms = [.. nouns.Select(noun => Math.Sqrt(attention.Map(noun, grid).Sum(v => (double)v * v)))];
        double[] expectedNorms = expected["noun_norms"].ToDoubles();
        for (int i = 0; i < norms.Length; i++)
        {
            Assert.Equal(expectedNorms[i], norms[i], 2e-6 * expectedNorms[i]);
        }

        ushort[] mask = [.. inputs["pred"].ToInts().Select(label => (ushort)label)];
        CheckNouns(NounLabelling.Label(mask, grid, attention, nouns, NounVoting.Mean), json.GetProperty("expected"), "mean");
        CheckNouns(NounLabelling.Label(mask, grid, attention, nouns, NounVoting.Majority), json.GetProperty("expected"), "majority");
    }

    private static CrossAttention Aggregate(JsonElement json, NumpyArchive inputs)
    {
        int heads = json.GetProperty("heads").GetInt32();
        int tokens = json.GetProperty("tokens").GetInt32();
        CrossAttentionShape[] shapes = [.. json.GetProperty("sizes").EnumerateArray()
            .Select(s => new CrossAttentionShape(heads, s.GetInt32(), s.GetInt32(), tokens))];
        float[]? weights = json.GetProperty("weight_ratio") is { ValueKind: not JsonValueKind.Null } ratio
            ? [.. ratio.EnumerateArray().Select(w => w.GetSingle())]
            : null;
        CrossAttentionAggregator aggregator = new(
            shapes, new AggregationOptions { Weights = weights, NormalizeWeights = false });
        for (int i = 0; i < shapes.Length; i++)
        {
            aggregator.Add(i, inputs[$"xattn_{i}"].ToSingles());
        }

        return aggregator.Aggregate();
    }

    private static void CheckMaps(CrossAttention attention, MaskGrid grid, NumpyArchive expected)
    {
        int[] pixels = expected["pixel_index"].ToInts();
        float[] values = expected["agg_x_pixels"].ToSingles();
        double[] sums = expected["agg_x_token_sums"].ToDoubles();
        for (int token = 0; token < attention.TextTokens; token++)
        {
            float[] map = attention.Map(new Noun("any", token), grid);
            Assert.Equal(sums[token], map.Sum(v => (double)v), 2e-6 * sums[token]);
            for (int i = 0; i < pixels.Length; i++)
            {
                float value = values[(i * attention.TextTokens) + token];
                Assert.Equal(value, map[pixels[i]], 2e-6 * value);
            }
        }
    }

    private static void CheckNouns(SegmentNouns actual, JsonElement expected, string rule)
    {
        Dictionary<string, ushort[]> words = expected.GetProperty(rule).EnumerateObject()
            .ToDictionary(word => word.Name, word => word.Value.EnumerateArray().Select(label => label.GetUInt16()).ToArray());
        Assert.Equal(words.Keys.Order(), actual.Words.Order());
        foreach ((string word, ushort[] labels) in words)
        {
            Assert.Equal(labels, actual.Labels[word]);
        }

        foreach (SegmentNoun segment in actual.Segments)
        {
            JsonElement scores = expected.GetProperty("mean_scores").GetProperty($"{segment.Label}");
            Assert.Equal(scores.GetArrayLength(), segment.Scores.Count);
            for (int i = 0; i < segment.Scores.Count; i++)
            {
                Assert.Equal(scores[i].GetDouble(), segment.Scores[i], 2e-6 * segment.Scores[i]);
            }
        }
    }
}
