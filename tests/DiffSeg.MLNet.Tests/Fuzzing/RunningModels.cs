using DiffSeg.MLNet.Tests.Support;
using DiffSeg.Onnx;
using DiffSeg.Onnx.Aggregation;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using Google.Protobuf;

namespace DiffSeg.MLNet.Tests.Fuzzing;

/// <summary>
/// Attention models of a few pixels that run in a moment, of every form and with operators of many kinds. Left out is what nothing
/// in front of ONNX Runtime could tell: a Loop lasts as long as its graph computes; a Resize by scales of any other shape than
/// [4] (writes beyond the stack's array), a Pad of mode "edge" that takes away more than there is and a pooling window larger than
/// the picture (an assertion of std::clamp) end the process in ONNX Runtime 1.29.
/// </summary>
internal static class RunningModels
{
    private const int Side = 8;

    /// <summary>Writes them, and the weights beside one of them.</summary>
    public static void Write(TemporaryFolder folder)
    {
        File.WriteAllBytes(folder.File("weights.bin"), [.. Enumerable.Range(0, 16).SelectMany(i => BitConverter.GetBytes(i / 16f))]);
        (string Name, ModelProto Model)[] models =
        [
            ("one.onnx", Resolutions(1)), ("any.onnx", Resolutions(GraphBuilder.Free)), ("heads.onnx", Heads()), ("merged.onnx", Merged()), ("shapes.onnx", Shapes()),
        ];
        foreach ((string name, ModelProto model) in models)
        {
            File.WriteAllBytes(folder.File(name), model.ToByteArray());
        }
    }

    private static ModelProto Resolutions(long pictures)
    {
        (ModelProto model, GraphBuilder graph) = Begin("resolutions", "fine=4x4;coarse=2x2");
        Value image = graph.Input("image", pictures, 3, Side, Side);
        foreach ((string name, int side) in new[] { ("fine", 4), ("coarse", 2) })
        {
            Attention(image, side, name, 0);
            graph.Output(graph[name], pictures, side * side, side * side);
        }

        return model;
    }

    // A network in small: convolution with weights beside the file, a norm, an activation.
    private static ModelProto Heads()
    {
        (ModelProto model, GraphBuilder graph) = Begin("raw", "heads=4x4");
        Value image = graph.Input("image", 1, 3, Side, Side);
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)TensorProto.Types.ElementType.Float,
            Dims = { 4, 3, 1, 1 },
            DataLocation = TensorProto.Types.DataLocation.External,
            ExternalData = { Entry("location", "weights.bin"), Entry("offset", "16"), Entry("length", "48") },
        });
        Value features = graph.Node("Conv", [image, graph["w"]], null, Attributes.Integers("strides", [2, 2]));
        features = graph.Node("InstanceNormalization", [features, graph.Filled(1, 4), graph.Filled(0, 4)]);
        features *= features.Sigmoid();
        Value tokens = features.Reshape([2, 2, 16]);
        (tokens.Transpose([0, 2, 1]).MatMul(tokens) * 0.5).Softmax(-1, "heads");
        graph.Output(graph["heads"], 2, 16, 16);
        return model;
    }

    private static ModelProto Merged()
    {
        (ModelProto model, GraphBuilder graph) = Begin("merged", "");
        Value image = graph.Input("image", 1, 3, Side, Side);
        List<LayerValue> layers = [.. new[] { 4, 2 }.Select(side => new LayerValue(Attention(image, side, $"layer_{side}"), 1, side, side))];
        OutputGrid proposals = AggregationGraph.Append(graph, layers, AttentionForm.Merged, new FirstMerge { AnchorsPerSide = 2 }, 1).Single();
        model.MetadataProps.Single(entry => entry.Key == AttentionModelMetadata.Outputs).Value = $"{proposals.Name}=4x4";
        model.MetadataProps.Add(Entry(AttentionModelMetadata.AnchorsPerSide, "2"));
        model.MetadataProps.Add(Entry(AttentionModelMetadata.ZeroAttention, "clamp"));
        return model;
    }

    // Shapes that are computed, a branch, and an operator of ONNX Runtime's own.
    private static ModelProto Shapes()
    {
        (ModelProto model, GraphBuilder graph) = Begin("layers", "layer=2x2");
        Value image = graph.Input("image", 1, 3, 4, 4);
        Value pooled = graph.Node("Conv", [image, graph.Constant("kernel", [.. Enumerable.Repeat(1f / 12, 36)], 3, 3, 2, 2)], null, Attributes.Integers("strides", [2, 2]));
        Value middle = graph.Node("Pad", [pooled, graph.Integers("pads", 0, 0, 1, 1, 0, 0, 1, 1)])
            .Slice(graph.Integers([1, 1]), graph.Integers([3, 3]), graph.Integers([2, 3]));
        Value tokens = middle.Reshape(middle.Sizes(0, 2).Concat(0, graph.Integers([4]))).Squeeze(0);
        Value counted = graph.Node("Range", [graph.Integer(0), graph.Integer(4), graph.Integer(1)]).CastTo(TensorProto.Types.ElementType.Float) * 0.1;
        Value filled = graph.Node("ConstantOfShape", [graph.Integers([3, 4])]) + graph.Constant("one", [1], 1, 1).Expand(graph.Integers([3, 4]));
        Value row = graph.Node("Tile", [graph.Constant("row", [0.5f], 1, 1), graph.Integers([1, 4])]);
        Value sum = (tokens + filled + counted).Concat(0, row).Gather(graph.Integers([0, 1, 2, 3]));
        Value either = graph.Node(
            "If", [sum.Max(0, 1).IsPositive()], null, Branch("then_branch", "Identity", sum), Branch("else_branch", "Neg", sum));
        graph.Add(new NodeProto
        {
            OpType = "FusedMatMul",
            Domain = "com.microsoft",
            Input = { either.Name, either.Name },
            Output = { "scores" },
            Attribute = { Attributes.Integer("transB", 1), Attributes.Real("alpha", 0.5f) },
        });
        graph["scores"].Reshape([4, 4]).Softmax(-1, "layer");
        graph.Output(graph["layer"], 4, 4);
        return model;
    }

    private static AttributeProto Branch(string name, string operation, Value value) => new()
    {
        Name = name,
        Type = AttributeProto.Types.Type.Graph,
        G = new GraphProto
        {
            Name = name,
            Node = { new NodeProto { OpType = operation, Input = { value.Name }, Output = { $"{name}_output" } } },
            Output = { new ValueInfoProto { Name = $"{name}_output", Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } } },
        },
    };

    // Tokens are the means of their pixels; alike colours attend to one another.
    private static Value Attention(Value image, int side, string name, params ReadOnlySpan<long> pictures)
    {
        int cell = Side / side, first = pictures.Length;
        Value tokens = image.Reshape([.. pictures, 3, side, cell, side, cell]).Mean(first + 2, first + 4).Reshape([.. pictures, 3, side * side]);
        return (tokens.Transpose(first == 0 ? [1, 0] : [0, 2, 1]).MatMul(tokens) * 4).Softmax(-1, name);
    }

    private static (ModelProto, GraphBuilder) Begin(string form, string outputs)
    {
        var model = new ModelProto
        {
            IrVersion = 8,
            Graph = new GraphProto { Name = "small" },
            OpsetImport = { new OperatorSetProto { Domain = "", Version = 17 }, new OperatorSetProto { Domain = "com.microsoft", Version = 1 } },
            MetadataProps =
            {
                Entry(AttentionModelMetadata.Format, "1"), Entry(AttentionModelMetadata.Form, form),
                Entry(AttentionModelMetadata.Outputs, outputs), Entry(AttentionModelMetadata.KlThreshold, "1"),
            },
        };
        return (model, new GraphBuilder(model.Graph));
    }

    private static MetadataEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
