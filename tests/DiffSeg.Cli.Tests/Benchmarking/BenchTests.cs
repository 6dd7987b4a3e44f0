using System.Text.Json;
using DiffSeg.Cli.Benchmarking;
using DiffSeg.Cli.Benchmarking.Inputs;
using DiffSeg.Cli.Benchmarking.Results;
using DiffSeg.Cli.Terminal;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Benchmarking;

public class BenchTests
{
    [Fact]
    public void Published_formulation_has_its_turn_on_the_formula_and_on_the_first_picture()
    {
        IReadOnlyList<BenchResult> results = Measure(Picture("a"), FormulaAttention.Input(16), Picture("b"));

        Assert.Equal(["a", "a", "formula 16x16", "formula 16x16", "b", "b"], results.Select(result => result.Input));
        Assert.Equal([1, 2, 1, 2, 1, 2], results.Select(result => result.Threads));
        Assert.Equal([true, true, true, true, false, false], results.Select(result => result.SpeedupOverPublished is not null));
    }

    [Fact]
    public void Json_speaks_of_the_pictures_where_there_are_some()
    {
        IReadOnlyList<BenchResult> results = Measure(FormulaAttention.Input(16), Picture("a"), Picture("b"));
        using var stream = new MemoryStream();

        BenchJson.Write(stream, results);

        using JsonDocument json = JsonDocument.Parse(stream.ToArray());
        JsonElement root = json.RootElement;
        Assert.Equal(["a", "b"], root.GetProperty("inputs").EnumerateArray().Select(input => input.GetString()));
        double[] ratios = [.. results.Where(result => result.IsPicture && result.Threads == 2).Select(result => result.RatioToDenseProducts.Median)];
        Assert.Equal(ratios.Average(), root.GetProperty("ratio_to_dense_products").GetDouble(), 1e-9);
        Assert.Equal(6, root.GetProperty("results").GetArrayLength());
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3, 3, 3)]
    [InlineData(new[] { 3.0, 1, 2 }, 2, 1, 3)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5, 1, 4)]
    public void Samples_keep_their_middle_and_their_ends(double[] values, double median, double smallest, double largest) =>
        Assert.Equal(new Samples(median, smallest, largest), Samples.Of(values));

    private static AttentionInput Picture(string name) => FormulaAttention.Input(16, objects: 3) with { Name = name, IsPicture = true };

    private static IReadOnlyList<BenchResult> Measure(params AttentionInput[] inputs)
    {
        using TestConsole output = new(), error = new();
        var console = new ToolConsole(output, error, OutputIsTerminal: false, ErrorIsTerminal: false);
        var request = new BenchRequest([], [], Side: 16, Threads: [1, 2], Rounds: 1, Json: null);
        return new Bench(console, request).Run(inputs, TestContext.Current.CancellationToken);
    }
}
