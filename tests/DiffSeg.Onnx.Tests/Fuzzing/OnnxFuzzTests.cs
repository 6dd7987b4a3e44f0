using DiffSeg.Fuzzing;
using DiffSeg.Onnx.Building;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Networks;
using DiffSeg.Onnx.Recognition;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Fuzzing;

/// <summary>ONNX files that were made to do harm, before ONNX Runtime sees them.</summary>
public sealed class OnnxFuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public OnnxFuzzTests() => File.WriteAllBytes(_folder.File("weights.bin"), new byte[64]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attention_models() => new Fuzz("attention models", random => Mutated(random, ModelSeeds.Attention), bytes =>
    {
        AttentionModel model = AttentionModel.Load(Written(bytes));
        Assert.All(model.Outputs, output => Assert.True(output.Shape is { Height: > 0, Width: > 0 }));
        _ = model.FindDataFiles();
    })
    {
        Documented = [typeof(AttentionModelException)],
        Memory = Memory,
    }.Check();

    [Fact]
    public void Files_with_weights() => new Fuzz("ONNX files", random => Mutated(random, ModelSeeds.Networks), bytes => OnnxModelFile.Read(Written(bytes)))
    {
        Documented = [typeof(AttentionModelException)],
        Memory = Memory,
    }.Check();

    // As far as a model is built without ONNX Runtime.
    [Fact]
    public void Networks() => new Fuzz("networks", random => WireMutator.Mutate(random, random.Of(ModelSeeds.Networks)), bytes =>
    {
        Network network = Network.Load(Written(bytes));
        network.RaiseTo(Math.Max(network.OperatorSet, 18));
        _ = SelfAttentionFinder.Candidates(network.Graph);
        _ = new UNetPart(network).Conditioning;
    })
    {
        Documented = [typeof(AttentionModelException)],
        Memory = Memory,
    }.Check();

    // A buffer of 1 MB for the header, one of 64 kB for the fields; the rest goes with the file.
    private static FuzzMemory Memory => new(8 << 20, 400);

    private static byte[] Mutated(Random random, byte[][] seeds) => random.OneIn(3)
        ? ByteMutator.Mutate(random, seeds)
        : WireMutator.Mutate(random, random.Of(seeds));

    private string Written(byte[] bytes)
    {
        string path = _folder.File($"{Environment.CurrentManagedThreadId}.onnx");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
