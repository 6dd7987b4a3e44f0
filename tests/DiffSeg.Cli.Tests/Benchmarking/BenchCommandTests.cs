using System.Text.Json;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;

namespace DiffSeg.Cli.Tests.Benchmarking;

/// <summary>"diffseg bench" on a map so small that measuring takes no time; what it says, not how fast it is.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly ToolRun _tool;

    public BenchCommandTests() => _tool = new ToolRun(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Table_shows_every_contestant_and_stage()
    {
        (int code, string output, string error) = await _tool.Run("bench", "--side", "16", "--rounds", "2", "--threads", "1,2");

        Assert.Equal((0, ""), (code, error));
        foreach (string part in new[]
        {
            "formula 16x16, 1 thread, ", "formula 16x16, 2 threads, ",
            "whole, aggregation to mask", "from the aggregated map", "of the dense products", "two dense products alone",
            "two-product formulation", "published, fused", "times the whole",
            "aggregation ", "first merge", "later merges", "masks", "numbering",
            "memory above the inputs", "allocated per image", "GB/s", "GFLOP/s",
        })
        {
            Assert.Contains(part, output, StringComparison.Ordinal);
        }

        // The oracles are there to be as right as they are slow.
        Assert.Contains("pixels unlike: to the two-product formulation 0, to the published one 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_figures_that_scripts_read()
    {
        (int code, _, _) = await _tool.Run("bench", "--side", "16", "--rounds", "3", "--threads", "2,1", "--json", "bench.json");

        Assert.Equal(0, code);
        Assert.Equal(["bench.json"], _folder.Files);
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync(_folder["bench.json"], _tool.CancellationToken));
        JsonElement root = json.RootElement;
        foreach (string key in new[]
        {
            "ratio_to_dense_products", "ratio_from_aggregate", "speedup_over_published", "speedup_over_published_fused",
            "speedup_over_two_products", "allocated_bytes_per_image",
        })
        {
            Assert.True(root.GetProperty(key).GetDouble() > 0, key);
        }

        Assert.True(root.GetProperty("peak_bytes_above_inputs").GetInt64() >= 0);
        Assert.Equal(2, root.GetProperty("threads").GetInt32());
        Assert.Equal(
            ["aggregation", "first merge", "later merges", "masks", "numbering"],
            root.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()));
        JsonElement[] results = [.. root.GetProperty("results").EnumerateArray()];
        Assert.Equal([2, 1], results.Select(result => result.GetProperty("threads").GetInt32()));
        JsonElement first = results[0];
        JsonElement whole = first.GetProperty("whole");
        Assert.True(whole.GetProperty("smallest").GetDouble() <= whole.GetProperty("median").GetDouble());
        Assert.True(whole.GetProperty("median").GetDouble() <= whole.GetProperty("largest").GetDouble());

        // The top speaks of the most threads, wherever they stand.
        Assert.Equal(
            first.GetProperty("ratio_to_dense_products").GetProperty("median").GetDouble(),
            root.GetProperty("ratio_to_dense_products").GetDouble());

        // The stages are the whole.
        double stages = first.GetProperty("stages").EnumerateArray().Sum(stage => stage.GetProperty("milliseconds").GetProperty("smallest").GetDouble());
        Assert.InRange(stages, 0, whole.GetProperty("largest").GetDouble());
    }

    [Theory]
    [InlineData("--side", "60", "--side takes a multiple of 8 from 16 to 128, not '60'.")]
    [InlineData("--side", "256", "--side takes a multiple of 8 from 16 to 128, not '256'.")]
    [InlineData("--threads", "1,x", "--threads takes numbers of threads from 1 to 1024 such as 1,2, not '1,x'.")]
    [InlineData("--threads", "0", "--threads takes numbers of threads from 1 to 1024 such as 1,2, not '0'.")]
    [InlineData("--rounds", "0", "--rounds takes a whole number from 1 to 1000, not '0'.")]
    [InlineData("--json", "nowhere/bench.json", "--json 'nowhere/bench.json': the folder '")]
    [InlineData("--json", ".", "--json '.' is a folder; give a file.")]
    public async Task Wrong_values_are_told_before_anything_is_measured(string option, string value, string message)
    {
        (int code, string output, string error) = await _tool.Run("bench", option, value);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("formula", output, StringComparison.Ordinal);
        Assert.Empty(_folder.Files);
    }

    [Theory]
    [InlineData("missing.jpg", null, "'missing.jpg' does not exist.")]
    [InlineData("cat.jpg", "sd15", "The model 'sd15' is not on this machine yet")]
    public async Task Missing_pictures_and_models_are_told_before_anything_is_measured(string image, string? model, string message)
    {
        _folder.Touch("cat.jpg");
        string[] chosen = model is null ? [] : ["--model", model];

        (int code, string output, string error) = await _tool.Run(["bench", image, .. chosen]);

        Assert.Equal(2, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("formula", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_is_told_before_anything_is_measured()
    {
        _folder.Write("cat.jpg", "no picture"u8);

        (int code, string output, string error) = await _tool.Run("bench", "cat.jpg", "--side", "16");

        Assert.Equal((2, "error: images: 'cat.jpg' is a text, not a picture.\n"), (code, error));
        Assert.DoesNotContain("formula", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_that_merges_in_its_graph_has_no_attention_to_measure_with()
    {
        TestPicture.SaveFields(_folder["cat.png"], 64, 64);
        File.WriteAllBytes(_folder["merged.onnx"], DemoAttentionModel.Build(new FirstMerge { AnchorsPerSide = 8 }));

        (int code, _, string error) = await _tool.Run("bench", "cat.png", "--model", "merged.onnx", "--side", "16");

        Assert.Equal(2, code);
        Assert.Contains("--model: 'merged.onnx' merges in its graph", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_ends_it_and_leaves_no_file()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        _tool.CancellationToken = stop.Token;

        (int code, _, _) = await _tool.Run("bench", "--side", "16", "--json", "bench.json");

        Assert.Equal(130, code);
        Assert.Empty(_folder.Files);
    }
}
