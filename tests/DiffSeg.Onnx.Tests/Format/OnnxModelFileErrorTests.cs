using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Tests.Weights;
using DiffSeg.Onnx.Weights;
using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Format;

public sealed class OnnxModelFileErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_short_anywhere_is_an_error()
    {
        byte[] whole = WeightedNetwork.Make().ToByteArray();
        string path = _folder.File("model.onnx");
        for (int length = 0; length < whole.Length; length += length < 200 ? 1 : 997)
        {
            File.WriteAllBytes(path, whole[..length]);

            // Cut between two fields it is a message, but without the graph or the operator sets.
            Assert.Throws<AttentionModelException>(() => OnnxModelFile.Read(path));
        }
    }

    [Fact]
    public void Damaged_bytes_never_end_in_another_error()
    {
        byte[] whole = WeightedNetwork.Make().ToByteArray();
        string path = _folder.File("model.onnx");
        var random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 300; i++)
        {
            byte[] damaged = [.. whole];
            for (int j = 0; j < 20; j++)
            {
                // Half of them in the nodes, which come first; weights may have any bytes.
                damaged[j % 2 == 0 ? random.Next(damaged.Length) : random.Next(1500)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                OnnxModelFile.Read(path);
            }
            catch (AttentionModelException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 100, 300);
    }

    [Theory]
    [InlineData("", "an empty file")]
    [InlineData("<html>not found</html>", "text")]
    [InlineData("\u0089PNG", "PNG")]
    public void Files_of_other_kinds_are_named(string content, string found)
    {
        string path = _folder.File("model.onnx");
        File.WriteAllBytes(path, [.. content.Select(c => (byte)c)]);

        Assert.Contains(found, Assert.Throws<AttentionModelException>(() => OnnxModelFile.Read(path)).Found);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_errors()
    {
        Assert.Throws<FileNotFoundException>(() => OnnxModelFile.Read(_folder.File("model.onnx")));
        Assert.Equal("a folder", Assert.Throws<AttentionModelException>(() => OnnxModelFile.Read(_folder.Path)).Found);
    }

    [Theory]
    [InlineData(new long[] { 3 }, 12, (int)ElementType.Double, "12 bytes instead of 24")]
    [InlineData(new long[] { 600 }, 2000, (int)ElementType.Float, "2000 bytes instead of 2400")]
    [InlineData(new long[] { -3 }, 12, (int)ElementType.Float, "impossible shape [-3]")]
    [InlineData(new long[] { long.MaxValue, 3 }, 12, (int)ElementType.Float, "impossible shape")]
    [InlineData(new long[] { 1 << 30, 1 << 30, 1 << 30 }, 12, (int)ElementType.Float, "impossible shape")]
    [InlineData(new long[] { 3 }, 12, 99, "unknown element type 99")]
    [InlineData(new long[] { 3 }, 12, 0, "unknown element type 0")]
    public void A_tensor_that_contradicts_itself_is_an_error_that_says_how(long[] dims, int bytes, int type, string found)
    {
        ModelProto model = TestModels.Valid();
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            Dims = { dims },
            DataType = type,
            RawData = UnsafeByteOperations.UnsafeWrap(new byte[bytes]),
        });

        var error = Assert.Throws<AttentionModelException>(() => OnnxModelFile.Read(model.Save(_folder)));

        Assert.Contains(found, error.Found);
        Assert.Contains("'w'", error.Found);
    }

    [Fact]
    public void Graphs_nested_without_end_are_an_error()
    {
        var graph = new GraphProto { Initializer = { TensorReference.FromFloats("w", [400], new float[400]) } };
        byte[] bytes = graph.ToByteArray();
        for (int i = 0; i < 200; i++)
        {
            byte[] attribute = [.. SplicedMessage.Open(new AttributeProto(), AttributeProto.GFieldNumber, bytes.Length), .. bytes];
            byte[] node = [.. SplicedMessage.Open(new NodeProto(), NodeProto.AttributeFieldNumber, attribute.Length), .. attribute];
            bytes = [.. SplicedMessage.Open(new GraphProto(), GraphProto.NodeFieldNumber, node.Length), .. node];
        }

        ModelProto rest = TestModels.Valid();
        rest.Graph = null;
        string path = _folder.File("model.onnx");
        File.WriteAllBytes(path, [.. SplicedMessage.Open(rest, ModelProto.GraphFieldNumber, bytes.Length), .. bytes]);

        Assert.Contains("nested", Assert.Throws<AttentionModelException>(() => OnnxModelFile.Read(path)).Found);
    }
}
