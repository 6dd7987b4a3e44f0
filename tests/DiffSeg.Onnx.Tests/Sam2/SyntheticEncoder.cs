using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Sam2;

/// <summary>
/// An encoder with the structure of SAM 2's Hiera-Tiny and small random weights: patches, position, 12 blocks of which
/// 5, 7 and 9 attend globally and the others within windows, then a neck that DiffSeg does not need.
/// </summary>
internal sealed record SyntheticEncoder
{
    private const int Grid = 64, Channels = 8, Heads = 4, HeadWidth = Channels / Heads, Window = 8, Hidden = 512;

    /// <summary>Name of the input.</summary>
    public string ImageName { get; init; } = "image";

    /// <summary>Side of the image; the grid stays 64 x 64 at 1024 only.</summary>
    public int Side { get; init; } = 1024;

    /// <summary>Leave the size of the batch open, as some exporters do.</summary>
    public bool HasOpenBatch { get; init; }

    /// <summary>Name the values as PyTorch's exporter does, else by their operator.</summary>
    public bool HasNames { get; init; } = true;

    /// <summary>Blocks that attend globally.</summary>
    public int[] Global { get; init; } = [5, 7, 9];

    /// <summary>Scale the scores instead of queries and keys.</summary>
    public bool ScalesScores { get; init; }

    /// <summary>An operator of this domain stands before the first block.</summary>
    public string? ForeignDomain { get; init; }

    private GraphBuilder Builder { get; init; } = null!;

    private Random Random { get; init; } = null!;

    public string SaveOnnx(TemporaryFolder folder, string name = "encoder.onnx")
    {
        string path = folder.File(name);
        File.WriteAllBytes(path, Build().ToByteArray());
        return path;
    }

    /// <summary>In ONNX Runtime's own format, written by ONNX Runtime.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="optimisations">"save" to note what could be optimised, as the real file does; "" to do it at once.</param>
    public string SaveOrt(TemporaryFolder folder, string optimisations = "save")
    {
        string path = folder.File("encoder.with_runtime_opt.ort");
        using var options = new SessionOptions
        {
            OptimizedModelFilePath = path,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED, // beyond it lie those of one processor
        };
        options.AddSessionConfigEntry("session.save_model_format", "ORT");
        options.AddSessionConfigEntry("optimization.minimal_build_optimizations", optimisations);
        using var session = new InferenceSession(Build().ToByteArray(), options);
        return path;
    }

    public ModelProto Build()
    {
        var graph = new GraphProto { Name = "synthetic" };
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = graph,
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 } },
        };
        (this with { Builder = new GraphBuilder(graph), Random = new Random(11) }).Append(graph, model);
        return model;
    }

    private void Append(GraphProto graph, ModelProto model)
    {
        Value image = Builder.Input(ImageName, 1, 3, Side, Side);
        if (HasOpenBatch)
        {
            graph.Input[0].Type.TensorType.Shape.Dim[0] = new TensorShapeProto.Types.Dimension { DimParam = "batch" };
        }

        // Patches overlap and reach beyond the border: zeros there are zeros of the normalised image.
        Value patches = Builder.Node(
            "Conv", [image, Weights(0.05, Channels, 3, 32, 32)], null,
            Attributes.Integers("strides", [16, 16]), Attributes.Integers("pads", [8, 8, 8, 8]));
        Value x = patches.Transpose([0, 2, 3, 1]) + Weights(0.5, 1, Grid, Grid, Channels);
        if (ForeignDomain is { } domain)
        {
            x = Builder.Node("Gelu", [x]);
            graph.Node[^1].Domain = domain;
            model.OpsetImport.Add(new OperatorSetProto { Domain = domain, Version = 1 });
        }

        for (int block = 0; block < 12; block++)
        {
            Value attended = x + Attention(Normal(x), block, Global.Contains(block));
            x = attended + Perceptron(Normal(attended));
        }

        Value neck = Builder.Node("Conv", [x.Transpose([0, 3, 1, 2]), Weights(0.1, 32, Channels, 1, 1)], "image_embed");
        Builder.Output(neck, 1, 32, Grid, Grid);
    }

    private Value Attention(Value x, int block, bool isGlobal)
    {
        int side = isGlobal ? Grid : Window, tokens = side * side, windows = Grid * Grid / tokens;
        Value tiles = isGlobal ? x : x.Reshape([1, Grid / Window, Window, Grid / Window, Window, Channels]).Transpose([0, 1, 3, 2, 4, 5]);
        Value all = tiles.Reshape([windows, tokens, Channels]).MatMul(Weights(1, Channels, 3 * Channels))
            .Reshape([windows, tokens, 3, Heads, HeadWidth]);
        double scale = Math.Pow(HeadWidth, -0.25);
        Value queries = Part(0).Transpose([0, 2, 1, 3]), keys = Part(1).Transpose([0, 2, 3, 1]);
        Value scores = ScalesScores
            ? queries.MatMul(keys) * (scale * scale)
            : Multiply(queries, "Mul_1").MatMul(Multiply(keys, "Mul_2"));
        Value probabilities = Builder.Node("Softmax", [scores], Name("Softmax"), Attributes.Integer("axis", -1));
        Value result = probabilities.MatMul(Part(2).Transpose([0, 2, 1, 3])).Transpose([0, 2, 1, 3]);
        Value joined = isGlobal
            ? result.Reshape([1, Grid, Grid, Channels])
            : result.Reshape([1, Grid / Window, Grid / Window, Window, Window, Channels]).Transpose([0, 1, 3, 2, 4, 5])
                .Reshape([1, Grid, Grid, Channels]);
        return joined.MatMul(Weights(0.5, Channels, Channels));

        Value Part(int part) => all.Slice(Builder.Index(part), Builder.Index(part + 1), Builder.Index(2)).Squeeze(2);
        Value Multiply(Value value, string name) => Builder.Node("Mul", [value, Builder.Scalar(scale)], Name(name));
        string? Name(string node) => HasNames ? $"/image_encoder/trunk/blocks.{block}/attn/{node}_output_0" : null;
    }

    private Value Perceptron(Value x) =>
        x.MatMul(Weights(0.3, Channels, Hidden)).Erf().MatMul(Weights(0.05, Hidden, Channels));

    private Value Normal(Value x) =>
        Builder.Node("LayerNormalization", [x, Builder.Filled(1, Channels)], null, Attributes.Integer("axis", -1));

    private Value Weights(double scale, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(scale * ((2 * Random.NextDouble()) - 1));
        }

        return Builder.Constant($"weights_{Random.Next()}", values, shape);
    }
}
