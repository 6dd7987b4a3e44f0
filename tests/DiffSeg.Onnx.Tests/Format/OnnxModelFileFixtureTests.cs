using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;

namespace DiffSeg.Onnx.Tests.Format;

public sealed class OnnxModelFileFixtureTests
{
    [Theory]
    [MemberData(nameof(Fixtures.Models), MemberType = typeof(Fixtures))]
    public void Values_are_those_of_the_whole_file_parsed_at_once(string name)
    {
        string path = Fixtures.PathOf(name);

        ModelProto read = OnnxModelFile.Read(path);

        ModelProto whole = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        Dictionary<string, TensorProto> tensors = read.Graph.Initializer.ToDictionary(t => t.Name);
        int nodes = 0;
        foreach (TensorProto expected in whole.Graph.Initializer.Concat(ConstantsOf(whole, () => nodes++)))
        {
            Assert.True(tensors.Remove(expected.Name, out TensorProto? actual), expected.Name);
            Assert.Equal(expected.Dims, actual.Dims);
            Assert.Equal(expected.DataType, actual.DataType);
            Assert.Equal(ElementTypes.Bytes(actual), TensorReference.ByteLength(actual));
            Assert.True(TensorReference.IsExternal(actual) || actual.RawData.Length <= OnnxModelFile.InlineLimit);
            Assert.Equal(BytesOf(expected, Path.GetDirectoryName(path)!), TensorReference.ReadBytes(actual));
        }

        Assert.Empty(tensors);
        Assert.Equal(whole.Graph.Node.Count - nodes, read.Graph.Node.Count);
        Assert.Equal(whole.Graph.Input, read.Graph.Input);
        Assert.Equal(whole.Graph.Output, read.Graph.Output);
        Assert.Equal(whole.OpsetImport, read.OpsetImport);
    }

    private static IEnumerable<TensorProto> ConstantsOf(ModelProto model, Action count)
    {
        foreach (NodeProto node in model.Graph.Node.Where(n => n.OpType == "Constant"))
        {
            count();
            TensorProto tensor = node.Attribute.Single().T;
            tensor.Name = node.Output[0];
            yield return tensor;
        }
    }

    private static byte[] BytesOf(TensorProto tensor, string folder)
    {
        if (tensor.DataLocation != TensorProto.Types.DataLocation.External)
        {
            return tensor.HasRawData ? tensor.RawData.ToByteArray() : [.. tensor.Int64Data.SelectMany(BitConverter.GetBytes)];
        }

        Dictionary<string, string> entries = tensor.ExternalData.ToDictionary(e => e.Key, e => e.Value);
        using FileStream file = File.OpenRead(Path.Combine(folder, entries["location"]));
        file.Position = long.Parse(entries["offset"]);
        var bytes = new byte[long.Parse(entries["length"])];
        file.ReadExactly(bytes);
        return bytes;
    }
}
