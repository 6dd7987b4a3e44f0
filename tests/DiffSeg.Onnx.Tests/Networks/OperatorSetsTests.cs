using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Networks;

public sealed class OperatorSetsTests
{
    [Theory]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(20)]
    [InlineData(23)]
    public void A_raised_graph_computes_the_same(long version)
    {
        float[] values = [.. Enumerable.Range(0, 24).Select(i => (float)Math.Sin(i))];
        var old = Graph(14);
        old.Set("x", values);
        float[] expected = old.Run()[0];
        var raised = Graph(14);
        OperatorSets.Raise(raised.Graph, 14, version, "vae.onnx");
        raised.Set("x", values);
        ModelProto model = raised.Model();
        model.OpsetImport[0].Version = version;
        model.IrVersion = 11;

        Close.Assert(expected, raised.Run(model)[0], 1e-6);
    }

    [Fact]
    public void An_operator_that_changed_its_meaning_is_refused_by_name()
    {
        var graph = new TestGraph(18);
        graph.Input("x", 1, 4, 2, 2);
        graph.Node("", "GroupNormalization", ["x", "s", "b"], ["y"]);

        var error = Assert.Throws<AttentionModelException>(() => OperatorSets.Raise(graph.Graph, 18, 21, "vae.onnx"));

        Assert.Contains("GroupNormalization", error.Found);
        Assert.Equal("vae.onnx", error.ModelPath);
    }

    private static TestGraph Graph(long version)
    {
        var graph = new TestGraph(version);
        Value x = graph.Input("x", 2, 3, 4);
        graph.Node("", "Split", ["x"], ["left", "right"], Attributes.Integer("axis", 2));
        Value halves = graph.Builder["left"] * graph.Builder["right"];
        graph.Output((halves + x.Mean(2)).Name);
        return graph;
    }
}
