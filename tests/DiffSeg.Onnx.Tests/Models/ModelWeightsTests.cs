using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Models;

/// <summary>Weights that are not there: told when the model is loaded, not by what ONNX Runtime makes of them.</summary>
public sealed class ModelWeightsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(340_615_682)] // ONNX Runtime reserves 2.7 GB for it
    [InlineData(1)]
    public void A_tensor_of_another_size_than_its_shape_is_refused(long count)
    {
        var error = Assert.Throws<AttentionModelException>(() => AttentionModel.Load(Model(new TensorProto
        {
            Name = "w",
            DataType = (int)TensorProto.Types.ElementType.Int64,
            Dims = { count },
            RawData = ByteString.CopyFrom(new byte[16]),
        })));

        Assert.Contains($"'w' of shape [{count}] with 16 bytes", error.Found);
    }

    [Fact]
    public void A_tensor_within_a_node_is_looked_at_too()
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Node.Add(new NodeProto
        {
            OpType = "Constant",
            Output = { "c" },
            Attribute = { new AttributeProto { Name = "value", Type = AttributeProto.Types.Type.Tensor, T = new TensorProto { DataType = 1, Dims = { 3 }, FloatData = { 1 } } } },
        });

        Assert.Contains("shape [3]", Assert.Throws<AttentionModelException>(() => AttentionModel.Load(model.Save(_folder))).Found);
    }

    [Fact]
    public void A_file_of_weights_that_is_gone_is_told()
    {
        var tensor = new TensorProto { Name = "w", DataType = 1, Dims = { 4 }, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.ExternalData.Add(new MetadataEntryProto { Key = "location", Value = "weights.bin" });
        string path = Model(tensor);

        Assert.Contains("weights.bin", Assert.Throws<AttentionModelException>(() => AttentionModel.Load(path)).Message);
        File.WriteAllBytes(_folder.File("weights.bin"), new byte[16]);
        Assert.Equal("image", AttentionModel.Load(path).InputName);
    }

    [Fact]
    public void A_tensor_of_an_unknown_type_is_ONNX_Runtimes_affair() =>
        Assert.Equal("image", AttentionModel.Load(Model(new TensorProto { Name = "w", DataType = 77, Dims = { 4 } })).InputName);

    private string Model(TensorProto weight)
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Initializer.Add(weight);
        return model.Save(_folder);
    }
}
