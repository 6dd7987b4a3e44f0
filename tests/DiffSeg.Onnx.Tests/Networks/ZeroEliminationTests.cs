using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Networks;

public sealed class ZeroEliminationTests
{
    [Fact]
    public void A_sample_of_the_latent_becomes_its_mean()
    {
        var graph = new TestGraph();
        Value mean = graph.Input("mean", 1, 4);
        Value deviation = graph.Input("logvar", 1, 4).Exp();
        Value noise = graph.Builder.Node("RandomNormalLike", [deviation]);
        graph.Output((mean + (deviation * noise)).Name);

        Eliminate(graph);

        Assert.Empty(ZeroElimination.RandomNodes(graph.Graph));
        Assert.Equal(graph.ValuesOf("mean"), graph.Run()[0]);
    }

    [Fact]
    public void Noise_of_another_mean_stays()
    {
        var graph = new TestGraph();
        Value x = graph.Input("x", 1, 4);
        Value noise = graph.Builder.Node("RandomNormalLike", [x], null, Attributes.Real("mean", 1));
        graph.Output((x + noise).Name);

        Eliminate(graph);

        Assert.Single(ZeroElimination.RandomNodes(graph.Graph));
    }

    [Fact]
    public void Zero_times_an_uninitialised_tensor_is_not_added()
    {
        // torch's baddbmm with beta = 0, as exporters write it: 0 x ConstantOfShape, of the size of the scores.
        var graph = new TestGraph();
        Value scores = graph.Input("q", 2, 3, 4).MatMul(graph.Input("k", 2, 4, 3));
        Value shape = graph.Builder.Node("Shape", [scores]);
        Value empty = graph.Builder.Node("ConstantOfShape", [shape]);
        Value sum = scores + (empty * 0);
        graph.Output(sum.Name);
        float[] expected = graph.Run()[0];

        Eliminate(graph);

        Assert.Equal(["MatMul", "Identity"], graph.Graph.Node.Select(n => n.OpType));
        Assert.Equal(expected, graph.Run()[0]);
    }

    [Fact]
    public void Zeros_that_widen_a_shape_stay()
    {
        // Zeros of a shape of their own broadcast the other side: such a sum is more than the other side.
        var graph = new TestGraph();
        Value x = graph.Input("x", 1, 4);
        Value zeros = graph.Builder.Constant("zeros", new float[12], 3, 4);
        graph.Output((x + zeros).Name);

        Eliminate(graph);

        Assert.Equal(12, graph.Run()[0].Length);
    }

    private static void Eliminate(TestGraph graph)
    {
        ZeroElimination.Apply(graph.Graph);
        GraphCut.Prune(graph.Graph);
    }
}
