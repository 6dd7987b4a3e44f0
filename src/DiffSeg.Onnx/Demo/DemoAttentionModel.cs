using DiffSeg.Onnx.Aggregation;
using DiffSeg.Onnx.Demo;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;

namespace DiffSeg.Onnx;

/// <summary>
/// Builds the demo attention model: standard ONNX operators and no learned weights. It stands in for a diffusion
/// model's self-attention with the affinity of hand-made features: at each resolution r of 64, 32, 16 and 8,
/// <c>A(i, j)</c> is proportional to <c>exp(-|f_i - f_j|² / (0.03 s_r) - |p_i - p_j|² / (2 · 0.35²))</c> with
/// <c>s = (1, 1, 1.2, 1.5)</c>, features <c>f</c> of colour and texture and positions <c>p</c> in [0, 1)².
/// models/README.md gives the whole formula.
/// </summary>
public static class DemoAttentionModel
{
    internal const int ImageSide = 512;

    private const double Temperature = 0.03;
    private const double PositionSpread = 0.35;
    private const float KlThreshold = 1.0f;
    private const int OperatorSet = 17;
    private const int IrVersion = 8; // the version that came with operator set 17

    private static readonly (int Side, double Scale)[] Levels = [(64, 1), (32, 1), (16, 1.2), (8, 1.5)];

    /// <summary>
    /// The model as the bytes of an ONNX file, the same on every machine: input <c>image</c> float32 [1, 3, 512, 512] in
    /// [-1, 1], outputs <c>attention_64</c>, <c>attention_32</c>, <c>attention_16</c> and <c>attention_8</c>, each float32
    /// [r², r²] whose rows are distributions.
    /// </summary>
    public static byte[] Build() => Build(AttentionForm.Resolutions, null, new(1));

    /// <summary>
    /// The model for several pictures in one run, as the bytes of an ONNX file: input <c>image</c> float32 [pictures, 3, 512,
    /// 512] in [-1, 1], outputs as before, each float32 [pictures, r², r²].
    /// </summary>
    /// <param name="batchSize">Number of pictures, at least 1; null for any number in each run.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public static byte[] BuildBatch(int? batchSize) =>
        Build(AttentionForm.Resolutions, null, new(PicturesPerRun.Checked(batchSize, nameof(batchSize))));

    /// <summary>
    /// The model in the form <see cref="AttentionForm.Merged"/>, as the bytes of an ONNX file: input <c>image</c> as before and
    /// <c>kl_threshold</c>, which may be left out (1.0); output <c>proposals</c>, float32 [anchors, 4096].
    /// </summary>
    /// <param name="merge">How it merges.</param>
    /// <exception cref="ArgumentException">More than 64 anchors per side.</exception>
    public static byte[] Build(FirstMerge merge)
    {
        ArgumentNullException.ThrowIfNull(merge);
        return Build(AttentionForm.Merged, merge, new(1));
    }

    private static byte[] Build(AttentionForm form, FirstMerge? merge, PicturesPerRun pictures)
    {
        var graph = new GraphProto { Name = "diffseg-demo-attention" };
        var builder = new GraphBuilder(graph);
        Value image = builder.Input("image", pictures.Size, 3, ImageSide, ImageSide);
        DemoFeatures features = DemoFeatures.Of(image);
        var layers = new List<LayerValue>();
        foreach (var (side, scale) in Levels)
        {
            layers.Add(new LayerValue(Attention(builder, features.At(side), side, scale, pictures), 1, side, side));
        }

        IReadOnlyList<OutputGrid> outputs = merge is null
            ? DeclareLevels(builder, layers, pictures)
            : AggregationGraph.Append(builder, layers, form, merge, KlThreshold);

        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "DiffSeg.Onnx",
            Graph = graph,
            OpsetImport = { new OperatorSetProto { Domain = "", Version = OperatorSet } },
        };
        foreach (var (key, value) in Description(form, outputs, merge).ToMetadata())
        {
            model.MetadataProps.Add(new MetadataEntryProto { Key = key, Value = value });
        }

        return model.ToByteArray();
    }

    private static List<OutputGrid> DeclareLevels(GraphBuilder builder, List<LayerValue> layers, PicturesPerRun pictures)
    {
        layers.ForEach(layer => builder.Output(layer.Probabilities, pictures.Before(layer.Tokens, layer.Tokens)));
        return [.. layers.Select(layer => new OutputGrid(layer.Probabilities.Name, layer.Height, layer.Width))];
    }

    private static AttentionModelDescription Description(AttentionForm form, IReadOnlyList<OutputGrid> outputs, FirstMerge? merge) => new()
    {
        Form = form,
        Outputs = outputs,
        KlThreshold = KlThreshold,
        FirstMerge = merge,
        Source = "DiffSeg demo: affinity of colour and texture; no learned weights, not a diffusion model",
        License = "MIT",
        WeightPrecision = "none",
        BuilderVersion = "DiffSeg.Onnx demo 1",
    };

    private static string OutputName(int side) => $"attention_{side}";

    private static Value Attention(GraphBuilder graph, Value features, int side, double scale, PicturesPerRun pictures)
    {
        Value flat = features.Reshape(graph.Integers($"flat_{side}", -1, DemoFeatures.Count, side * side));
        Value centred = (flat - flat.Mean(2)) * (1 / Math.Sqrt(Temperature * scale));
        Value distances = DemoAffinity.NegativeSquaredDistances(centred, Positions(graph, side), side * side);

        // Before the Softmax, where ONNX Runtime takes the value as it is: behind it, it would be copied.
        return (pictures.HasAxis ? distances : distances.Squeeze(0)).Softmax(-1, OutputName(side));
    }

    /// <summary>Positions [1, 2, side²], scaled so that their squared distance is the formula's second term.</summary>
    private static Value Positions(GraphBuilder graph, int side)
    {
        int tokens = side * side;
        var positions = new float[2 * tokens];
        for (int token = 0; token < tokens; token++)
        {
            positions[token] = Scaled(token / side);
            positions[tokens + token] = Scaled(token % side);
        }

        return graph.Constant($"positions_{side}", positions, 1, 2, tokens);

        // Centred like the features: only differences count.
        float Scaled(int index) => (float)(((index + 0.5) / side - 0.5) / (Math.Sqrt(2) * PositionSpread));
    }
}
