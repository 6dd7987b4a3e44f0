using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Networks;

public sealed class SinglePrecisionTests
{
    [Fact]
    public void A_half_precision_graph_takes_and_gives_single_precision()
    {
        var graph = new TestGraph();
        Value x = graph.Input("x", 1, 4);
        graph.Graph.Input[0].Type.TensorType.ElemType = (int)ElementType.Float16;
        Half[] values = [(Half)0.5f, (Half)(-2), (Half)0.333f, (Half)7];
        var weight = new TensorProto
        {
            Name = "w",
            DataType = (int)ElementType.Float16,
            Dims = { 4 },
            RawData = ByteString.CopyFrom([.. values.SelectMany(BitConverter.GetBytes)]),
        };
        graph.Graph.Initializer.Add(weight);
        Value product = (x * graph.Builder["w"]).CastTo(ElementType.Float).Exp().CastTo(ElementType.Float16);
        graph.Output(product.Name);

        SinglePrecision.Apply(graph.Graph);

        float[] expected = [.. graph.ValuesOf("x").Zip(values, (a, b) => MathF.Exp(a * (float)b))];
        Close.Assert(expected, graph.Run()[0], 1e-3);
    }
}
