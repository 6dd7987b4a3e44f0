using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Networks;

public sealed class NetworkTests
{
    [Fact]
    public void Weights_that_are_listed_among_the_inputs_are_no_inputs()
    {
        using var folder = new TemporaryFolder();
        var graph = new TestGraph();
        Value product = graph.Input("x", 1, 4).MatMul(graph.Weight("w", 4, 4));
        graph.Graph.Input.Add(TestModels.Tensor("w", 4, 4));
        graph.Output(product.Name);

        Network network = Network.Load(graph.Model().Save(folder));

        Assert.Equal(["x"], network.Graph.Input.Select(i => i.Name));
    }

    [Fact]
    public void A_network_of_an_old_operator_set_is_refused()
    {
        using var folder = new TemporaryFolder();
        var graph = new TestGraph(11);
        graph.Output(graph.Input("x", 1, 4).Abs().Name);

        var error = Assert.Throws<AttentionModelException>(() => Network.Load(graph.Model().Save(folder)));

        Assert.Equal("operator set 11", error.Found);
    }

    [Fact]
    public void Noise_that_is_not_added_to_a_mean_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        var graph = new TestGraph();
        Value x = graph.Input("x", 1, 4);
        Value noise = graph.Builder.Node("RandomUniformLike", [x], "dice");
        graph.Output((x * noise).Name);

        var error = Assert.Throws<AttentionModelException>(() => Network.Load(graph.Model().Save(folder)));

        Assert.Contains("'dice'", error.Found);
    }
}
