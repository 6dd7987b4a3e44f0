using System.Text.Json;
using DiffSeg.Cli.Benchmarking.Inputs;

namespace DiffSeg.Tests.Goldens;

/// <summary>One case of kind "segmentation": its input, options and expectations.</summary>
internal sealed class GoldenCase
{
    private readonly string _folder;
    private readonly JsonElement _json;

    public GoldenCase(string folder)
    {
        _folder = folder;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "case.json")));
        _json = document.RootElement.Clone();
        Expected = new NumpyArchive(Path.Combine(folder, "expected.npz"));
    }

    public NumpyArchive Expected { get; }

    public float[] Thresholds => [.. Options.GetProperty("kl_thresholds").EnumerateArray().Select(t => t.GetSingle())];

    public int AnchorsPerSide => Options.GetProperty("num_points").GetInt32();

    public bool Refine => Options.GetProperty("refine").GetBoolean();

    public int[] ProposalCounts =>
        [.. _json.GetProperty("expected").GetProperty("proposal_counts").EnumerateArray().Select(c => c.GetInt32())];

    public bool Survives => _json.GetProperty("expected").GetProperty("status").GetString() == "ok";

    public AttentionShape[] Shapes =>
        [.. _json.GetProperty("levels").EnumerateArray().Select(level => new AttentionShape(
            level.GetProperty("heads").GetInt32(), level.GetProperty("h").GetInt32(), level.GetProperty("w").GetInt32()))];

    /// <summary>One per level, to be used as given; null for the default.</summary>
    public float[]? Weights => Options.GetProperty("weight_ratio") is { ValueKind: not JsonValueKind.Null } ratio
        ? [.. ratio.EnumerateArray().Select(w => w.GetSingle())]
        : null;

    public int? RefineIterations =>
        Refine ? _json.GetProperty("expected").GetProperty("refine").GetProperty("n_iter").GetInt32() : null;

    private JsonElement Options => _json.GetProperty("options");

    /// <summary>Aggregates the input, level by level, as a caller would.</summary>
    public AggregatedAttention Aggregate()
    {
        AttentionShape[] shapes = Shapes;
        AttentionAggregator aggregator = new(
            shapes, new AggregationOptions { Weights = Weights, NormalizeWeights = false });
        for (int level = 0; level < shapes.Length; level++)
        {
            aggregator.Add(level, Input(level));
        }

        return aggregator.Aggregate();
    }

    public MaskGrid Grid(AggregatedAttention attention)
    {
        JsonElement size = Options.GetProperty("out_size");
        return size.ValueKind == JsonValueKind.Null
            ? MaskGrid.Whole(attention, 8 * attention.Height, 8 * attention.Width)
            : MaskGrid.Whole(attention, size[0].GetInt32(), size[1].GetInt32());
    }

    public int[] Labels() => NumpyArray.Read(Path.Combine(_folder, "labels.npy")).ToInts();

    /// <summary>The tensor of one level.</summary>
    public float[] Input(int level)
    {
        JsonElement input = _json.GetProperty("input");
        if (input.ValueKind == JsonValueKind.Object)
        {
            return Formula(input.GetProperty("formula")).Level(level);
        }

        string key = _json.GetProperty("levels")[level].GetProperty("key").GetString()!;
        return new NumpyArchive(Path.Combine(_folder, input.GetString()!))[key].ToSingles();
    }

    private static GoldenFormula Formula(JsonElement formula) => new(
        formula.GetProperty("R").GetInt32(),
        formula.GetProperty("objects").GetInt32(),
        formula.GetProperty("seed").GetUInt32(),
        formula.GetProperty("same").GetInt32(),
        [.. formula.GetProperty("sizes").EnumerateArray().Select(s => s.GetInt32())]);
}
