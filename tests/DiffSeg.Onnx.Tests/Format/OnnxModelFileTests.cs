using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;
using Google.Protobuf;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Format;

public sealed class OnnxModelFileTests : IDisposable
{
    private static readonly float[] Many = [.. Enumerable.Range(0, 1000).Select(i => MathF.Sin(i))];

    private readonly TemporaryFolder _folder = new();
    private readonly ModelProto _model = TestModels.Valid();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(256, false)]
    [InlineData(257, true)]
    public void Large_tensors_in_the_file_become_references_to_it(int count, bool isReference)
    {
        _model.Graph.Initializer.Add(TensorReference.FromFloats("w", [count], Many.AsSpan(0, count)));
        string path = _model.Save(_folder);

        TensorProto read = OnnxModelFile.Read(path).Graph.Initializer.Single();

        Assert.Equal(isReference, TensorReference.IsExternal(read));
        Assert.Equal(!isReference, read.HasRawData);
        Assert.Equal(Many[..count], TensorReference.ReadFloats(read));
        if (isReference)
        {
            Assert.Equal((path, count * 4L), (TensorReference.Of(read).Path, TensorReference.Of(read).Length));
        }
    }

    [Fact]
    public void Large_float_data_too_becomes_a_reference()
    {
        _model.Graph.Initializer.Add(new TensorProto { Name = "w", Dims = { 1000 }, DataType = (int)ElementType.Float, FloatData = { Many } });

        TensorProto read = ReadBack().Graph.Initializer.Single();

        Assert.True(TensorReference.IsExternal(read));
        Assert.Empty(read.FloatData);
        Assert.Equal(Many, TensorReference.ReadFloats(read));
    }

    [Fact]
    public void Values_in_the_fields_of_their_types_move_to_raw_data()
    {
        int[] bits = [0, 1, -1, 200, 15360];
        Add<int>(ElementType.Int32, t => t.Int32Data.Add(bits), bits);
        Add<ushort>(ElementType.Float16, t => t.Int32Data.Add(bits[..2]), [0, 1]);
        Add<Half>(ElementType.Float16, t => t.Int32Data.Add([15360, 49152]), [(Half)1f, (Half)(-2f)]);
        Add<ushort>(ElementType.Bfloat16, t => t.Int32Data.Add(15360), [15360]);
        Add<short>(ElementType.Int16, t => t.Int32Data.Add(-3), [-3]);
        Add<sbyte>(ElementType.Int8, t => t.Int32Data.Add([-3, 127]), [-3, 127]);
        Add<byte>(ElementType.Uint8, t => t.Int32Data.Add([3, 255]), [3, 255]);
        Add<byte>(ElementType.Bool, t => t.Int32Data.Add([0, 1]), [0, 1]);
        Add<long>(ElementType.Int64, t => t.Int64Data.Add([-5, long.MaxValue]), [-5, long.MaxValue]);
        Add<long>(ElementType.Int64, t => t.Int64Data.Add(7), [7], hasEmptyRawData: true);
        Add<long>(ElementType.Int64, _ => { }, []);
        Add<uint>(ElementType.Uint32, t => t.Uint64Data.Add(uint.MaxValue), [uint.MaxValue]);
        Add<ulong>(ElementType.Uint64, t => t.Uint64Data.Add(ulong.MaxValue), [ulong.MaxValue]);
        Add<double>(ElementType.Double, t => t.DoubleData.Add([0.1, -2]), [0.1, -2]);
        Add<float>(ElementType.Float, t => t.FloatData.Add([0.1f, -2]), [0.1f, -2]);

        void Add<T>(ElementType type, Action<TensorProto> fill, T[] expected, bool hasEmptyRawData = false)
            where T : unmanaged
        {
            var tensor = new TensorProto { Name = $"{type}", Dims = { expected.Length }, DataType = (int)type };
            if (hasEmptyRawData)
            {
                tensor.RawData = ByteString.Empty;
            }

            fill(tensor);
            _model.Graph.Initializer.Clear();
            _model.Graph.Initializer.Add(tensor);
            TensorProto read = ReadBack().Graph.Initializer.Single();
            Assert.Equal(expected, MemoryMarshal.Cast<byte, T>(read.RawData.Span).ToArray());
            Assert.Equal(0, read.FloatData.Count + read.Int32Data.Count + read.Int64Data.Count + read.DoubleData.Count + read.Uint64Data.Count);
        }
    }

    [Fact]
    public void Half_precision_in_int32_data_is_read_at_any_size()
    {
        var tensor = new TensorProto { Name = "w", Dims = { 1000 }, DataType = (int)ElementType.Float16 };
        tensor.Int32Data.Add(Many.Select(v => (int)BitConverter.HalfToUInt16Bits((Half)v)));
        _model.Graph.Initializer.Add(tensor);

        float[] read = TensorReference.ReadFloats(ReadBack().Graph.Initializer.Single());

        Assert.Equal(Many.Select(v => (float)(Half)v), read);
    }

    [Fact]
    public void Constants_of_the_main_graph_become_initialisers()
    {
        Constant("small", new AttributeProto { Name = "value", T = TensorReference.FromFloats("", [2], [1, 2]) });
        Constant("large", new AttributeProto { Name = "value", T = TensorReference.FromFloats("other", [1000], Many) });
        Constant("float", new AttributeProto { Name = "value_float", F = 3 });
        Constant("floats", new AttributeProto { Name = "value_floats", Floats = { 3, 4 } });
        Constant("int", new AttributeProto { Name = "value_int", I = 5 });
        Constant("ints", new AttributeProto { Name = "value_ints", Ints = { 5, 6 } });
        Constant("text", new AttributeProto { Name = "value_string", S = ByteString.CopyFromUtf8("x") });

        GraphProto read = ReadBack().Graph;

        Assert.Equal(["small", "large", "float", "floats", "int", "ints"], read.Initializer.Select(t => t.Name));
        Assert.Equal("text", Assert.Single(read.Node).Output[0]);
        Assert.True(TensorReference.IsExternal(read.Initializer[1]));
        Assert.Equal(Many, TensorReference.ReadFloats(read.Initializer[1]));
        Assert.Equal([3f], TensorReference.ReadFloats(read.Initializer[2]));
        Assert.Empty(read.Initializer[2].Dims);
        Assert.Equal([5L, 6L], MemoryMarshal.Cast<byte, long>(read.Initializer[5].RawData.Span).ToArray());

        void Constant(string name, AttributeProto attribute) =>
            _model.Graph.Node.Add(new NodeProto { OpType = "Constant", Output = { name }, Attribute = { attribute } });
    }

    [Fact]
    public void Tensors_in_graphs_inside_and_in_functions_stay_there_as_references()
    {
        GraphProto Branch(string name) => new()
        {
            Name = name,
            Node = { Constant(name) },
            Initializer = { TensorReference.FromFloats($"{name}/w", [1000], Many) },
        };
        NodeProto Constant(string name) => new()
        {
            OpType = "Constant",
            Output = { name },
            Attribute = { new AttributeProto { Name = "value", T = TensorReference.FromFloats("", [1000], Many) } },
        };
        _model.Graph.Node.Add(new NodeProto { OpType = "First" });
        _model.Graph.Node.Add(new NodeProto
        {
            OpType = "If",
            Attribute = { new AttributeProto { Name = "then_branch", G = Branch("a") }, new AttributeProto { Name = "else_branch", Graphs = { Branch("b") } } },
        });
        _model.Graph.Node.Add(new NodeProto { OpType = "Last" });
        _model.Functions.Add(new FunctionProto { Name = "f", Node = { Constant("c") } });

        ModelProto read = ReadBack();

        Assert.Equal(["First", "If", "Last"], read.Graph.Node.Select(n => n.OpType));
        TensorProto[] tensors = [.. Tensors.In(read)];
        Assert.Equal(5, tensors.Length);
        Assert.All(tensors, t => Assert.True(TensorReference.IsExternal(t)));
        Assert.All(tensors, t => Assert.Equal(Many, TensorReference.ReadFloats(t)));

        ModelProto again = OnnxModelFile.Read(read.Write(_folder.File("data.onnx")).Path);
        ModelProto inOne = OnnxModelFile.Read(read.Write(_folder.File("one.onnx"), WeightStorage.Float16, 1 << 20).Path);
        Assert.All(Tensors.In(again).Concat(Tensors.In(inOne)), t => Assert.Equal(Many, TensorReference.ReadFloats(t)));
    }

    [Fact]
    public void Files_beyond_2_GiB_are_read_without_their_weights()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a file system on which a file of zeros takes no room.");
        const long Each = 3L << 29; // two are beyond what one protobuf message may hold
        string path = _folder.File("model.onnx");
        _model.Graph.Name = "";
        using (var file = new FileStream(path, FileMode.Create))
        {
            ModelProto rest = _model.Clone();
            rest.Graph = null;
            var weight = new TensorProto { Name = "w", DataType = (int)ElementType.Uint8, Dims = { Each } };
            byte[] tensor = SplicedMessage.Open(weight, TensorProto.RawDataFieldNumber, Each);
            byte[] field = SplicedMessage.Open(new GraphProto(), GraphProto.InitializerFieldNumber, tensor, Each);
            byte[] graph = _model.Graph.ToByteArray();
            file.Write(SplicedMessage.Open(rest, ModelProto.GraphFieldNumber, 2 * (field.Length + Each) + graph.Length));
            file.Write(field);
            file.Position += Each;
            file.Write(field);
            file.Position += Each;
            file.Write(graph);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelProto read = OnnxModelFile.Read(path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal([Each, Each], read.Graph.Initializer.Select(TensorReference.ByteLength));
        Assert.Equal(_model.Graph.Input, read.Graph.Input);
        Assert.InRange(allocated, 0, 1 << 20);
    }

    private ModelProto ReadBack() => OnnxModelFile.Read(_model.Save(_folder));
}
