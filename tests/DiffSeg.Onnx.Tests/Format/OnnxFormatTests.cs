using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Tests.Support;
using Google.Protobuf;

namespace DiffSeg.Onnx.Tests.Format;

public sealed class OnnxFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fields_that_the_schema_does_not_name_are_kept()
    {
        // ModelProto.training_info, field 20, is not in our schema: key (20 << 3 | 2), length 3, three bytes.
        byte[] training = [0xA2, 0x01, 3, 1, 2, 3];
        byte[] file = [.. TestModels.Valid().ToByteArray(), .. training];

        byte[] written = ModelProto.Parser.ParseFrom(file).ToByteArray();

        Assert.True(written.AsSpan().EndsWith(training));
        Assert.Equal(file.Length, written.Length);
    }

    [Fact]
    public void Weights_are_passed_over_without_being_held()
    {
        const int Weights = 64 << 20;
        ModelProto model = TestModels.Valid();
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "w",
            DataType = (int)TensorProto.Types.ElementType.Uint8,
            Dims = { Weights },
            RawData = UnsafeByteOperations.UnsafeWrap(new byte[Weights]),
        });
        string path = model.Save(_folder);

        long before = GC.GetAllocatedBytesForCurrentThread();
        AttentionModel loaded = AttentionModel.Load(path);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal("a", Assert.Single(loaded.OutputNames));
        Assert.InRange(allocated, 0, Weights / 16);
    }
}
