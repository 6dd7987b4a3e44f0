using System.Diagnostics;
using System.Runtime.InteropServices;
using DiffSeg.Onnx.Format;
using DiffSeg.Onnx.Graphs;
using DiffSeg.Onnx.Tests.Support;
using DiffSeg.Onnx.Weights;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DiffSeg.Onnx.Tests.Weights;

/// <summary>
/// A model of 2.7 GB, beyond what one protobuf message holds, read, rewritten, loaded and run. Takes minutes, 6 GB of
/// disk and 6 GB of memory (ONNX Runtime's), and is run when DIFFSEG_BIG is 1.
/// </summary>
public sealed class BigModelTests : IDisposable
{
    private const int Side = 4096;
    private const int Layers = 40;
    private const long WeightBytes = (long)Layers * Side * Side * sizeof(float);
    private const long Allowance = 64L << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(WeightStorage.Float32, 1e-6)]
    [InlineData(WeightStorage.Float16, 1e-2)]
    [InlineData(WeightStorage.Int8, 1e-1)]
    public void A_model_beyond_2_GiB_is_rewritten_in_little_memory_and_runs(WeightStorage storage, double tolerance)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("DIFFSEG_BIG") == "1", "DIFFSEG_BIG is not 1.");
        string source = WriteSource();
        var memory = new MemoryWatch();

        var clock = Stopwatch.StartNew();
        ModelProto model = OnnxModelFile.Read(source);
        TimeSpan reading = clock.Elapsed;
        clock.Restart();
        WrittenModel written = model.Write(_folder.File("written.onnx"), storage, 1 << 30, memory);
        TimeSpan writing = clock.Elapsed;

        TestContext.Current.SendDiagnosticMessage(
            "{0}: {1:F2} GB to {2:F2} GB; read in {3:F2} s, written in {4:F1} s; memory at most {5:F0} MB more, {6:F0} MB allocated",
            storage, WeightBytes / 1e9, written.Bytes / 1e9, reading.TotalSeconds, writing.TotalSeconds, memory.Growth / 1e6, memory.Allocated / 1e6);
        Assert.InRange(memory.Growth, 0, Allowance);
        Assert.InRange(memory.Allocated, 0, Allowance);
        if (storage == WeightStorage.Float32)
        {
            Assert.True(written.Bytes > int.MaxValue);
        }

        float[] expected = Run(source), actual = Run(written.Path);
        Assert.InRange(Distances.Largest(expected, actual), 0, tolerance * expected.Max(Math.Abs));
    }

    /// <summary>x [1, Side] through Layers matrix products, each of which keeps its length about the same.</summary>
    private string WriteSource()
    {
        ModelProto model = new() { IrVersion = 8, Graph = new GraphProto { Name = "big" }, OpsetImport = { new OperatorSetProto { Version = 17 } } };
        var graph = new GraphBuilder(model.Graph);
        Value x = graph.Input("x", 1, Side);
        using (var data = new FileStream(_folder.File("weights.pb"), FileMode.Create))
        {
            var block = new float[1 << 22];
            for (int layer = 0; layer < Layers; layer++)
            {
                x = x.MatMul(graph.Constant($"w{layer}", []));
                TensorProto weight = model.Weight($"w{layer}");
                weight.Dims.Add([Side, Side]);
                TensorReference.Refer(weight, "weights.pb", data.Position, (long)Side * Side * sizeof(float));
                for (int done = 0; done < Side * Side; done += block.Length)
                {
                    Fill(block, layer * 1000 + done / block.Length);
                    data.Write(MemoryMarshal.AsBytes<float>(block));
                }
            }
        }

        graph.Output(x, 1, Side);
        return model.Save(_folder);
    }

    /// <summary>Even random numbers of variance 1 / Side.</summary>
    private static void Fill(float[] block, int seed)
    {
        var random = new Random(seed);
        float range = MathF.Sqrt(3f / Side);
        for (int i = 0; i < block.Length; i++)
        {
            block[i] = (random.NextSingle() * 2 - 1) * range;
        }
    }

    private static float[] Run(string path)
    {
        using var session = new InferenceSession(path);
        var x = new DenseTensor<float>(Enumerable.Range(0, Side).Select(i => MathF.Sin(i)).ToArray(), [1, Side]);
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor("x", x)]);
        return [.. outputs.Single().AsEnumerable<float>()];
    }

    /// <summary>The process's memory, looked at after each block.</summary>
    private sealed class MemoryWatch : IProgress<double>
    {
        private readonly long _before = Environment.WorkingSet;
        private readonly long _allocatedBefore = GC.GetTotalAllocatedBytes();

        public long Growth { get; private set; }

        public long Allocated => GC.GetTotalAllocatedBytes() - _allocatedBefore;

        public void Report(double value) => Growth = Math.Max(Growth, Environment.WorkingSet - _before);
    }
}
