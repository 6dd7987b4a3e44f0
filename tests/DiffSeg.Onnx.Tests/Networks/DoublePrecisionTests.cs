using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Networks;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Networks;

public sealed class DoublePrecisionTests
{
    /// <summary>As torch exports the normalisation of layers in half precision: Cast to double, Pow, Add of a double.</summary>
    [Fact]
    public void Steps_in_double_precision_become_single_with_their_constants()
    {
        var graph = new GraphProto { Name = "test" };
        var builder = new GraphBuilder(graph);
        Value x = builder.Input("x", [3]);
        graph.Initializer.Add(new TensorProto
        {
            Name = "epsilon",
            DataType = (int)ElementType.Double,
            RawData = ByteString.CopyFrom(BitConverter.GetBytes(0.5)),
        });
        builder.Output((x.CastTo(ElementType.Double) + builder["epsilon"]).CastTo(ElementType.Float), 3);

        SinglePrecision.Apply(graph);

        Assert.All(graph.Node.Where(n => n.OpType == "Cast"), n => Assert.Equal((int)ElementType.Float, Attributes.Integer(n, "to", -1)));
        TensorProto epsilon = Assert.Single(graph.Initializer);
        Assert.Equal((int)ElementType.Float, epsilon.DataType);
        Assert.Equal(0.5f, BitConverter.ToSingle(epsilon.RawData.Span));

        var model = new ModelProto { IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetProto { Version = builder.OperatorSet } } };
        using var session = new InferenceSession(model.ToByteArray());
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(new float[] { 1, 2, 3 }, [3]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, ["x"], [input], session.OutputNames);
        Assert.Equal<float>([1.5f, 2.5f, 3.5f], outputs[0].GetTensorDataAsSpan<float>());
    }
}
