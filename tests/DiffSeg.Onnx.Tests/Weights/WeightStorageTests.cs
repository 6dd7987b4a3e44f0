using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;
using ElementType = DiffSeg.Onnx.Format.TensorProto.Types.ElementType;

namespace DiffSeg.Onnx.Tests.Weights;

public sealed class WeightStorageTests : IDisposable
{
    private static readonly string[] Large = ["conv", "matmul", "gemm", "attend", "table", "offsets"];

    private readonly TemporaryFolder _folder = new();
    private readonly ModelProto _model = WeightedNetwork.Make();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<WeightStorage, long, double> Forms => new()
    {
        { WeightStorage.Float32, 0, 1e-6 },
        { WeightStorage.Float32, 1 << 20, 1e-6 },
        { WeightStorage.Float16, 0, 5e-3 },
        { WeightStorage.Float16, 1 << 20, 5e-3 },
        { WeightStorage.Int8, 0, 5e-2 },
        { WeightStorage.Int8, 1 << 20, 5e-2 },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Written_models_run_in_ONNX_Runtime(WeightStorage storage, long limit, double tolerance)
    {
        float[] expected = WeightedNetwork.Run(_model.Save(_folder));

        WrittenModel written = _model.Write(_folder.File("written.onnx"), storage, limit);

        float[] actual = WeightedNetwork.Run(written.Path);
        Assert.InRange(Distances.Largest(expected, actual), 0, tolerance * expected.Max(Math.Abs));
        Assert.True(storage == WeightStorage.Float32 || !expected.SequenceEqual(actual));
        Assert.Equal(limit == 0, written.DataPath is not null);
    }

    [Fact]
    public void Float16_is_a_constant_cast_to_the_name_of_the_weight()
    {
        ModelProto written = Written(WeightStorage.Float16);

        Assert.DoesNotContain(written.Graph.Initializer, t => t.DataType == (int)ElementType.Float16);
        foreach (string name in Large)
        {
            NodeProto cast = written.Graph.Node.Single(n => n.Output[0] == name);
            Assert.Equal(("Cast", (long)ElementType.Float), (cast.OpType, cast.Attribute.Single().I));
            NodeProto constant = written.Graph.Node.Single(n => n.Output[0] == cast.Input[0]);
            Assert.Equal("Constant", constant.OpType);
            Assert.True(written.Graph.Node.IndexOf(constant) < written.Graph.Node.IndexOf(cast));
        }
    }

    [Fact]
    public void Float16_values_are_the_nearest()
    {
        ModelProto read = Read(WeightStorage.Float16);

        foreach (string name in Large)
        {
            float[] expected = [.. TensorReference.ReadFloats(_model.Weight(name)).Select(v => (float)(Half)v)];
            Assert.Equal(expected, TensorReference.ReadFloats(read.Weight($"{name}/fp16")));
        }
    }

    [Theory]
    [InlineData(70000f)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.NaN)]
    public void A_tensor_beyond_the_reach_of_the_format_stays_float32(float value)
    {
        _model.SetWeight("matmul", v => [.. v[..^1], value]);

        foreach (WeightStorage storage in (WeightStorage[])[WeightStorage.Float16, WeightStorage.Int8])
        {
            bool reaches = storage == WeightStorage.Int8 && float.IsFinite(value);
            ModelProto read = Read(storage);

            Assert.Equal(!reaches, read.Graph.Initializer.Any(t => t.Name == "matmul"));
            if (!reaches)
            {
                Assert.Equal(TensorReference.ReadFloats(_model.Weight("matmul")), TensorReference.ReadFloats(read.Weight("matmul")));
            }
        }
    }

    [Fact]
    public void Int8_has_a_scale_for_each_output_channel()
    {
        ModelProto read = Read(WeightStorage.Int8);

        foreach (var (name, axis) in new[] { ("conv", 0), ("matmul", 1), ("gemm", 0), ("attend", 0) })
        {
            NodeProto dequantise = read.Graph.Node.Single(n => n.Output[0] == name);
            Assert.Equal(("DequantizeLinear", (long)axis), (dequantise.OpType, dequantise.Attribute.Single().I));
            TensorProto numbers = read.Weight(dequantise.Input[0]);
            float[] scales = TensorReference.ReadFloats(read.Weight(dequantise.Input[1]));
            Assert.Equal(_model.Weight(name).Dims, numbers.Dims);
            Assert.Equal(_model.Weight(name).Dims[axis], scales.Length);

            float[] expected = TensorReference.ReadFloats(_model.Weight(name));
            sbyte[] actual = [.. TensorReference.ReadBytes(numbers).Select(b => (sbyte)b)];
            long inner = _model.Weight(name).Dims.Skip(axis + 1).Aggregate(1L, (a, b) => a * b);
            for (int i = 0; i < expected.Length; i++)
            {
                float scale = scales[i / inner % scales.Length];
                Assert.InRange(Math.Abs(expected[i] - actual[i] * scale), 0, scale * 0.5001f);
            }

            foreach (var channel in actual.Select((number, i) => (number, i)).GroupBy(p => p.i / inner % scales.Length))
            {
                Assert.Equal(127, channel.Max(p => Math.Abs((int)p.number)));
            }
        }
    }

    [Fact]
    public void Int8_leaves_alone_what_is_not_the_weight_of_a_product()
    {
        _model.Graph.Output.Add(TestModels.Tensor("gemm", 96, 128)); // used elsewhere too
        _model.Graph.Initializer.Add(TensorReference.FromFloats("keys", [2, 112, 77], new float[2 * 112 * 77]));
        _model.Graph.Node.Add(new NodeProto { OpType = "MatMul", Input = { WeightedNetwork.Output, "keys" }, Output = { "logits" } });

        ModelProto read = Read(WeightStorage.Int8);

        Assert.DoesNotContain(read.Graph.Initializer, t => t.Name is "table/int8" or "offsets/int8" or "conv.bias/int8" or "gemm/int8" or "keys/int8");
        foreach (string name in (string[])["table", "gemm", "keys"])
        {
            Assert.Equal((int)ElementType.Float16, read.Weight($"{name}/fp16").DataType); // large, and half as large so
        }
    }

    [Fact]
    public void Int8_leaves_alone_what_is_transposed_without_a_permutation()
    {
        _model.Graph.Node.Single(n => n.Input[0] == "attend").Attribute.Clear();

        WrittenModel written = _model.Write(_folder.File("written.onnx"), WeightStorage.Int8);

        Assert.Equal((int)ElementType.Float16, OnnxModelFile.Read(written.Path).Weight("attend/fp16").DataType);
        Assert.Equal(64 * 112, WeightedNetwork.Run(written.Path).Length); // the process is still there
    }

    [Fact]
    public void Int8_of_a_channel_of_zeros_is_zeros()
    {
        _model.SetWeight("matmul", v => [.. v.Select((x, i) => i % 128 == 5 ? 0 : i % 128 == 6 ? 1e-41f : x)]);

        WrittenModel written = _model.Write(_folder.File("written.onnx"), WeightStorage.Int8);

        ModelProto read = OnnxModelFile.Read(written.Path);
        byte[] numbers = TensorReference.ReadBytes(read.Weight("matmul/int8"));
        Assert.All(numbers.Where((_, i) => i % 128 is 5 or 6), n => Assert.Equal(0, n));
        Assert.All(TensorReference.ReadFloats(read.Weight("matmul/scale")), s => Assert.True(float.IsNormal(s)));
        Assert.All(WeightedNetwork.Run(written.Path), v => Assert.True(float.IsFinite(v)));
    }

    [Fact]
    public void Int8_needs_a_newer_operator_set()
    {
        _model.OpsetImport[0].Version = 12;

        var error = Assert.Throws<AttentionModelException>(() => Written(WeightStorage.Int8));

        Assert.Contains("operator set 12", error.Found);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(WeightStorage.Float32)]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void Small_tensors_and_integers_stay(WeightStorage storage)
    {
        var integers = new TensorProto
        {
            Name = "integers",
            DataType = (int)ElementType.Int64,
            Dims = { 2000 },
            RawData = RawData.Of<long>([.. Enumerable.Range(0, 2000)]),
        };
        _model.Graph.Initializer.Add(integers);

        ModelProto read = Read(storage);

        Assert.Equal(integers.RawData.ToByteArray(), TensorReference.ReadBytes(read.Weight("integers")));
        Assert.Equal((int)ElementType.Int64, read.Weight("integers").DataType);
        Assert.Equal(_model.Weight("conv.bias"), read.Weight("conv.bias"));
        Assert.Equal(_model.Weight("rows"), read.Weight("rows"));
    }

    [Theory]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.Bfloat16)]
    [InlineData(ElementType.Double)]
    public void Sources_of_every_real_type_become_float32(object type)
    {
        foreach (string name in (string[])["conv", "conv.bias", "matmul"])
        {
            float[] values = [.. TensorReference.ReadFloats(_model.Weight(name)).Select(v => (float)(Half)v)];
            TensorProto tensor = _model.Weight(name);
            tensor.DataType = (int)(ElementType)type;
            tensor.RawData = (ElementType)type switch
            {
                ElementType.Float16 => RawData.Of<Half>([.. values.Select(v => (Half)v)]),
                ElementType.Bfloat16 => RawData.Of<ushort>([.. values.Select(v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16))]),
                _ => RawData.Of<double>([.. values.Select(v => (double)v)]),
            };
            float[] expected = (ElementType)type == ElementType.Bfloat16
                ? [.. values.Select(v => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(v) & 0xFFFF0000))]
                : values;

            TensorProto read = Read(WeightStorage.Float32).Weight(name);

            Assert.Equal((int)ElementType.Float, read.DataType);
            Assert.Equal(expected, TensorReference.ReadFloats(read));
        }
    }

    [Fact]
    public void Names_that_are_taken_are_not_used_again()
    {
        _model.Graph.Initializer.Add(TensorReference.FromFloats("matmul/int8", [1], [1]));
        _model.Graph.Initializer.Add(TensorReference.FromFloats("matmul/scale", [1], [1]));

        string path = _model.Write(_folder.File("written.onnx"), WeightStorage.Int8).Path;

        Assert.Equal(64 * 112, WeightedNetwork.Run(path).Length);
    }

    private ModelProto Written(WeightStorage storage) =>
        ModelProto.Parser.ParseFrom(File.ReadAllBytes(_model.Write(_folder.File("written.onnx"), storage).Path));

    private ModelProto Read(WeightStorage storage) =>
        OnnxModelFile.Read(_model.Write(_folder.File("written.onnx"), storage).Path);
}
