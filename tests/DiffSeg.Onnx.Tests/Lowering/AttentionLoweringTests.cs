using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Lowering;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Lowering;

/// <summary>Attention operators written out give what ONNX Runtime's own kernels give.</summary>
public sealed class AttentionLoweringTests
{
    private const string Contributed = "com.microsoft";
    private const double Tolerance = 2e-6;

    private static readonly AttributeProto TwoHeads = Attributes.Integer("num_heads", 2);

    [Theory]
    [InlineData(null)]
    [InlineData(0.4f)]
    public void Contributed_attention(float? scale)
    {
        var graph = new TestGraph();
        graph.Input("x", 1, 6, 8);
        graph.Weight("w", 8, 24);
        graph.Weight("b", 24);
        graph.Node(Contributed, "Attention", ["x", "w", "b"], ["y"], scale is { } s ? [TwoHeads, Attributes.Real("scale", s)] : [TwoHeads]);
        graph.Output("y");

        SameWhenLowered(graph);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Multi_head_attention_of_parts(bool withBias)
    {
        var graph = new TestGraph();
        graph.Input("q", 1, 6, 8);
        graph.Input("k", 1, 5, 8);
        graph.Input("v", 1, 5, 8);
        graph.Weight("b", 24);
        graph.Node(Contributed, "MultiHeadAttention", withBias ? ["q", "k", "v", "b"] : ["q", "k", "v"], ["y"], TwoHeads);
        graph.Output("y");

        SameWhenLowered(graph);
    }

    [Fact]
    public void Packed_queries_keys_and_values_are_those_of_the_parts()
    {
        // No kernel of the CPU takes the packed form: the same numbers apart are the oracle.
        var packed = new TestGraph();
        packed.Input("qkv", 1, 6, 2, 3, 4);
        packed.Node(Contributed, "MultiHeadAttention", ["qkv"], ["y"], TwoHeads);
        packed.Output("y");
        OperatorLowering.Apply(packed.Graph, 17, "test.onnx");

        float[] actual = packed.Run()[0];

        Close.Assert(Apart(packed.ValuesOf("qkv"), [.. Enumerable.Range(0, 3)], 3, 6, null), actual, Tolerance);
    }

    [Fact]
    public void Packed_keys_and_values_are_those_of_the_parts()
    {
        var packed = new TestGraph();
        packed.Input("q", 1, 6, 8);
        packed.Input("kv", 1, 5, 2, 2, 4);
        packed.Node(Contributed, "MultiHeadAttention", ["q", "kv"], ["y"], TwoHeads);
        packed.Output("y");
        OperatorLowering.Apply(packed.Graph, 17, "test.onnx");

        float[] actual = packed.Run()[0];

        Close.Assert(Apart(packed.ValuesOf("kv"), [0, 1], 2, 5, packed.ValuesOf("q")), actual, Tolerance);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.4f)]
    public void Standard_attention_per_head(float? scale)
    {
        var graph = new TestGraph(operatorSet: 23);
        graph.Input("q", 1, 2, 6, 4);
        graph.Input("k", 1, 2, 5, 4);
        graph.Input("v", 1, 2, 5, 4);
        graph.Node("", "Attention", ["q", "k", "v"], ["y"], scale is { } s ? [Attributes.Real("scale", s)] : []);
        graph.Output("y");

        SameWhenLowered(graph);
    }

    [Fact]
    public void Standard_attention_of_joined_heads()
    {
        var graph = new TestGraph(operatorSet: 23);
        graph.Input("q", 1, 6, 8);
        graph.Input("k", 1, 5, 8);
        graph.Input("v", 1, 5, 8);
        graph.Node("", "Attention", ["q", "k", "v"], ["y"], Attributes.Integer("q_num_heads", 2), Attributes.Integer("kv_num_heads", 2));
        graph.Output("y");

        SameWhenLowered(graph);
    }

    [Theory]
    [InlineData("Attention", "num_heads", 0)]
    [InlineData("Attention", "num_heads", -2)]
    [InlineData("Attention", "num_heads", 9)] // of 8 channels
    [InlineData("MultiHeadAttention", "num_heads", long.MaxValue)]
    [InlineData("GroupNorm", "groups", -1)]
    [InlineData("GroupNorm", "groups", 1L << 40)]
    public void Counts_that_cannot_be_are_refused(string operation, string attribute, long count)
    {
        var graph = new TestGraph();
        graph.Input("x", 1, 6, 8);
        graph.Weight("w", 8, 24);
        graph.Weight("b", 24);
        graph.Node(Contributed, operation, ["x", "w", "b"], ["y"], Attributes.Integer(attribute, count));

        var error = Assert.Throws<AttentionModelException>(() => OperatorLowering.Apply(graph.Graph, 17, "unet.onnx"));

        Assert.Contains(operation, error.Found);
    }

    [Fact]
    public void Uses_that_are_not_known_are_refused_by_name()
    {
        var graph = new TestGraph();
        graph.Input("x", 1, 6, 8);
        graph.Weight("w", 8, 24);
        graph.Weight("b", 24);
        graph.Input("mask", 1, 1, 6, 6);
        graph.Node(Contributed, "Attention", ["x", "w", "b", "mask"], ["y"], TwoHeads);

        var error = Assert.Throws<AttentionModelException>(() => OperatorLowering.Apply(graph.Graph, 17, "unet.onnx"));

        Assert.Equal("unet.onnx", error.ModelPath);
        Assert.Contains("com.microsoft:Attention", error.Found);
        Assert.Contains("'mask'", error.Found);
    }

    private static void SameWhenLowered(TestGraph graph)
    {
        float[] expected = graph.Run()[0];

        OperatorLowering.Apply(graph.Graph, graph.Builder.OperatorSet, "test.onnx");

        Assert.Contains(graph.Graph.Node, n => n.OpType == "Softmax");
        Assert.All(graph.Graph.Node, n => Assert.Equal("", n.Domain));
        Close.Assert(expected, graph.Run()[0], Tolerance);
    }

    /// <summary>ONNX Runtime's own result for parts of a packed tensor [1, tokens, 2, parts, 4].</summary>
    private static float[] Apart(float[] packed, int[] parts, int count, int tokens, float[]? queries)
    {
        var graph = new TestGraph();
        var names = new List<string>();
        if (queries is not null)
        {
            graph.Input("q", 1, queries.Length / 8, 8);
            graph.Set("q", queries);
            names.Add("q");
        }

        foreach (int part in parts)
        {
            string name = $"part{part}";
            graph.Input(name, 1, tokens, 8);
            graph.Set(name, [.. Enumerable.Range(0, tokens * 8).Select(i => packed[((((i / 8 * 2) + (i % 8 / 4)) * count) + part) * 4 + (i % 4)])]);
            names.Add(name);
        }

        graph.Node(Contributed, "MultiHeadAttention", [.. names], ["y"], TwoHeads);
        graph.Output("y");
        return graph.Run()[0];
    }
}
