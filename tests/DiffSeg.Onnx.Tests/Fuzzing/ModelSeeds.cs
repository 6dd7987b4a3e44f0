using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Exports;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Fuzzing;

/// <summary>Small ONNX files with something of everything that is read: headers, tensors of every form, fused operators, subgraphs.</summary>
internal static class ModelSeeds
{
    private const int NodesOfAnExport = 120;

    /// <summary>What <see cref="AttentionModel.Load"/> takes.</summary>
    public static byte[][] Attention { get; } =
        [.. new[] { TestModels.Valid(), TestModels.Valid((AttentionModelMetadata.KlThreshold, "0.9"), (AttentionModelMetadata.TimeStep, "300")), TestModels.Merged() }.Select(model => model.ToByteArray())];

    /// <summary>Networks that a model is built from.</summary>
    public static byte[][] Networks { get; } = [Fused().ToByteArray(), Tensors().ToByteArray(), PartOfExport()];

    // Every operator that is written out in others.
    private static ModelProto Fused()
    {
        var graph = new TestGraph();
        graph.Input("sample", 1, 4, 4, 4);
        graph.Input("timestep", 1);
        graph.Input("encoder_hidden_states", 1, 6, 8);
        graph.Weight("w", 8, 24);
        graph.Weight("b", 24);
        graph.Weight("kernel", 4, 3, 3, 4);
        graph.Weight("gain", 4);
        graph.Node("com.microsoft", "Attention", ["encoder_hidden_states", "w", "b"], ["a"], Attributes.Integer("num_heads", 2));
        graph.Node("com.microsoft", "MultiHeadAttention", ["a", "a", "a", "b"], ["m"], Attributes.Integer("num_heads", 2));
        graph.Node("com.microsoft", "NhwcConv", ["sample", "kernel"], ["c"], Attributes.Integers("kernel_shape", [3, 3]), Attributes.Integers("pads", [1, 1, 1, 1]));
        graph.Node("com.microsoft", "GroupNorm", ["c", "gain", "gain"], ["g"], Attributes.Integer("groups", 2), Attributes.Integer("activation", 1), Attributes.Real("epsilon", 1e-5f));
        graph.Node("com.microsoft", "SkipGroupNorm", ["g", "gain", "gain", "c"], ["s"], Attributes.Integer("groups", 2));
        graph.Node("com.microsoft", "BiasSplitGelu", ["m", "b"], ["u"]);
        graph.Node("com.microsoft", "BiasAdd", ["a", "b", "m"], ["v"]);
        graph.Node("", "RandomNormalLike", ["m"], ["noise"]);
        graph.Node("", "Mul", ["noise", "m"], ["nothing"]);
        graph.Node("", "Add", ["v", "nothing"], ["y"]);
        graph.Node("", "Softmax", ["y"], ["p"], Attributes.Integer("axis", -1));
        graph.Output("p");
        graph.Output("s");
        graph.Output("u");
        return graph.Model();
    }

    // Values in every field that may hold them, in nodes and in the graph within a node, large and small.
    private static ModelProto Tensors()
    {
        var graph = new TestGraph();
        graph.Input("x", 2, 3);
        graph.Weight("large", 20, 30);
        graph.Graph.Initializer.Add(
        [
            new TensorProto { Name = "halves", DataType = (int)TensorProto.Types.ElementType.Float16, Dims = { 3 }, Int32Data = { 1, 2, 3 } },
            new TensorProto { Name = "longs", DataType = (int)TensorProto.Types.ElementType.Int64, Dims = { 2 }, Int64Data = { 1, -1 } },
            new TensorProto { Name = "doubles", DataType = (int)TensorProto.Types.ElementType.Double, Dims = { 2, 1 }, DoubleData = { 1, 2 } },
            new TensorProto { Name = "nibbles", DataType = (int)TensorProto.Types.ElementType.Int4, Dims = { 3 }, Int32Data = { 0x21, 0x03 } },
            new TensorProto { Name = "text", DataType = (int)TensorProto.Types.ElementType.String, Dims = { 1 }, StringData = { ByteString.CopyFromUtf8("a") } },
            new TensorProto
            {
                Name = "beside",
                DataType = (int)TensorProto.Types.ElementType.Float,
                Dims = { 4 },
                DataLocation = TensorProto.Types.DataLocation.External,
                ExternalData =
                {
                    new MetadataEntryProto { Key = "location", Value = "weights.bin" },
                    new MetadataEntryProto { Key = "offset", Value = "16" },
                    new MetadataEntryProto { Key = "length", Value = "16" },
                },
            },
        ]);
        graph.Node("", "Constant", [], ["three"], new AttributeProto { Name = "value_ints", Type = AttributeProto.Types.Type.Ints, Ints = { 1, 2, 3 } });
        graph.Node("", "Constant", [], ["zero"], new AttributeProto { Name = "value", Type = AttributeProto.Types.Type.Tensor, T = new TensorProto { DataType = 1, FloatData = { 0 } } });
        var within = new GraphProto { Name = "branch", Node = { new NodeProto { OpType = "Identity", Input = { "x" }, Output = { "inner" } } }, Output = { new ValueInfoProto { Name = "inner" } } };
        graph.Node("", "If", ["x"], ["y"], new AttributeProto { Name = "then_branch", Type = AttributeProto.Types.Type.Graph, G = within });
        graph.Node("", "Add", ["y", "zero"], ["sum"]);
        graph.Node("", "MatMul", ["sum", "large"], ["z"]);
        graph.Output("z");
        return graph.Model();
    }

    // The first nodes of a real export, with its small constants.
    private static byte[] PartOfExport()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Path.Combine(BundledExports.Folder, "sd1x-tiny-legacy06", "unet", "model.onnx")));
        NodeProto[] nodes = [.. model.Graph.Node.Take(NodesOfAnExport)];
        TensorProto[] constants = [.. model.Graph.Initializer.Where(tensor => tensor.CalculateSize() < 300 && tensor.DataLocation == TensorProto.Types.DataLocation.Default).Take(40)];
        model.Graph.Node.Clear();
        model.Graph.Node.AddRange(nodes);
        model.Graph.Initializer.Clear();
        model.Graph.Initializer.AddRange(constants);
        model.Graph.ValueInfo.Clear();
        model.Graph.Output.Clear();
        model.Graph.Output.Add(new ValueInfoProto { Name = nodes[^1].Output[0] });
        return model.ToByteArray();
    }
}
