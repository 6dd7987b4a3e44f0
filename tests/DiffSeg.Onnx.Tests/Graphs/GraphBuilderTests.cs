using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;

namespace DiffSeg.Onnx.Tests.Graphs;

public sealed class GraphBuilderTests
{
    [Fact]
    public void A_name_is_taken_once()
    {
        var builder = new GraphBuilder(new GraphProto());
        builder.Input("x", 1);

        var error = Assert.Throws<ArgumentException>(() => builder.Constant("x", [1], 1));

        Assert.Contains("'x'", error.Message);
    }

    [Fact]
    public void Names_of_a_graph_that_exists_are_taken()
    {
        var graph = new GraphProto();
        _ = new GraphBuilder(graph).Input("x", 1).Abs().Exp();

        var builder = new GraphBuilder(graph);

        foreach (string name in (string[])["x", "Abs_0", "Exp_1"])
        {
            Assert.Throws<ArgumentException>(() => builder.Input(name, 1));
        }
    }

    [Fact]
    public void Equal_scalars_are_one_constant()
    {
        var graph = new GraphProto();
        Value x = new GraphBuilder(graph).Input("x", 1);

        _ = x * 0.5 + 0.5;

        TensorProto half = Assert.Single(graph.Initializer);
        Assert.Equal([0, 0, 0, 0x3F], half.RawData.ToByteArray());
        Assert.Equal([half.Name, half.Name], graph.Node.Select(n => n.Input[1]));
    }
}
