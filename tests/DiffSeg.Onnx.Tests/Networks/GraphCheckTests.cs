using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Networks;

/// <summary>Graphs that only a damaged file has.</summary>
public sealed class GraphCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestGraph _graph = new();

    public GraphCheckTests()
    {
        _graph.Input("x", 1, 3);
        _graph.Weight("w", 3, 2);
        _graph.Node("", "MatMul", ["x", "w"], ["y"]);
        _graph.Output("y");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_whole_graph_is_taken() => Assert.Single(Load().Graph.Node);

    [Fact]
    public void Two_weights_of_one_name_are_damage() => Refused("two weights called 'w'", graph => graph.Graph.Initializer.Add(graph.Graph.Initializer[0].Clone()));

    [Fact]
    public void Two_results_of_one_name_are_damage() => Refused("two results called 'y'", graph => graph.Node("", "Relu", ["x"], ["y"]));

    [Fact]
    public void A_node_without_a_result_is_damage() => Refused("without a result", graph => graph.Node("", "Softmax", ["x"], []));

    [Theory]
    [InlineData("Cast", 1)]
    [InlineData("MatMul", 2)]
    public void A_node_without_inputs_is_damage(string operation, int needed) =>
        Refused($"0 inputs of {needed}", graph => graph.Node("", operation, [], ["z"]));

    [Fact]
    public void A_convolution_by_a_vector_is_damage() => Refused("shape [3]", graph =>
    {
        graph.Weight("v", 3);
        graph.Node("", "Conv", ["x", "v"], ["z"]);
    });

    [Fact]
    public void Strings_that_are_fewer_than_the_shape_says_are_damage() => Refused("with 0 strings", graph =>
        graph.Graph.Initializer.Add(new TensorProto { Name = "s", DataType = (int)TensorProto.Types.ElementType.String, Dims = { 1L << 40 } }));

    private void Refused(string found, Action<TestGraph> change)
    {
        change(_graph);
        Assert.Contains(found, Assert.Throws<AttentionModelException>(Load).Found, StringComparison.Ordinal);
    }

    private Network Load() => Network.Load(_graph.Model().Save(_folder));
}
