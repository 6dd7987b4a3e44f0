using System.Globalization;
using DiffSeg.Fuzzing;
using DiffSeg.Onnx;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.MLNet.Tests.Child;

/// <summary>Mutated attention models, read, opened in ONNX Runtime and run for one row up to its mask.</summary>
internal sealed class ModelFuzz
{
    // A graph may ask for any memory and take all of it: ONNX Runtime is given so much here, and tells what asks for more. What it
    // computes once, when it opens a model, does not come out of that.
    private const uint MostRuntimeBytes = 256 << 20;
    private const string MostConstantBytes = "16777216";

    // Pictures and attention that a file openly declares are fed and kept as they are: beyond 16 MB it is only read.
    private const long MostDeclared = 4 << 20;

    // Numbers of fields: of a model, and of its graph.
    private const int Graph = 7;
    private const int Node = 1;
    private const int Constant = 5;

    private readonly MLContext _ml = new(seed: 1);
    private readonly string _path;
    private int _opened;
    private int _run;

    private ModelFuzz(string path) => _path = path;

    /// <summary>Runs a part of the cases.</summary>
    /// <param name="seeds">A folder of whole models (*.onnx), with the file of weights that one of them has; the mutated one is put there too.</param>
    /// <param name="first">The first case.</param>
    /// <param name="end">The case behind the last.</param>
    /// <param name="leftOut">Cases that another process has died of.</param>
    /// <returns>
    /// What became of them; how many were segmented and how many refused; how many were given to ONNX Runtime, and how many of
    /// those it opened; and the most memory that the process had.
    /// </returns>
    public static string[] Run(string seeds, int first, int end, IEnumerable<int> leftOut)
    {
        byte[][] models = [.. Directory.GetFiles(seeds, "*.onnx").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
        using var arena = new OrtArenaCfg(MostRuntimeBytes, -1, -1, -1);
        using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        OrtEnv.Instance().CreateAndRegisterAllocator(memory, arena);
        var cases = new ModelFuzz(Path.Combine(seeds, "mutated"));
        var fuzz = new Fuzz("models in ONNX Runtime", random => Mutated(random, models), cases.Try)
        {
            Documented = [typeof(AttentionModelException), typeof(InvalidOperationException), typeof(SegmentationException)],
            Memory = new(64 << 20, 400),
            FirstCase = first,
            LeftOut = [.. leftOut],
            Settings = FuzzSettings.OfEnvironment with { Cases = end },

            // Where native code takes the process with it, one case is to blame.
            Workers = 1,
        };
        FuzzTally tally = fuzz.Run();
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return [tally.Line(fuzz.Name), Text(tally.Read), Text(tally.Refused), Text(cases._opened), Text(cases._run), Text(self.PeakWorkingSet64)];
    }

    private void Try(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        AttentionModel model = AttentionModel.Load(_path);
        if (Declared(model) > MostDeclared)
        {
            return;
        }

        _opened++;
        try
        {
            Segment(model);
        }
        catch (InvalidOperationException problem) when (!IsNamed(problem))
        {
            throw new FormatException($"It is not said which model is meant: {problem.Message}", problem);
        }
    }

    // A row whose attention is none names the column.
    private bool IsNamed(InvalidOperationException problem) =>
        problem.Message.Contains(_path, StringComparison.Ordinal) || problem is SegmentationException { Fault: SegmentationFault.Row, Column: not null }
        || problem is SegmentationException { Fault: SegmentationFault.Row, InnerException: AttentionException };

    private void Segment(AttentionModel model)
    {
        var definition = SchemaDefinition.Create(typeof(Pixels));
        definition[0].ColumnName = model.InputName;
        definition[0].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, model.ImageHeight, model.ImageWidth);
        float[] image = [.. Enumerable.Range(0, 3 * model.ImageHeight * model.ImageWidth).Select(i => MathF.Sin(i))];
        IDataView data = _ml.Data.LoadFromEnumerable([new Pixels { Image = image }], definition);
        using var chain = _ml.Transforms.ApplyAttentionModel(model, new() { LookAhead = 0, CreateSessionOptions = Options })
            .Append(_ml.Transforms.DiffSegMask("Mask", model, null, new() { AnchorsPerSide = 2, MaxDegreeOfParallelism = 1 }))
            .Fit(data);
        _run++;
        IDataView view = chain.Transform(data);
        using DataViewRowCursor cursor = view.GetRowCursor([view.Schema["Mask"]]);
        ValueGetter<VBuffer<ushort>> maskOf = cursor.GetGetter<VBuffer<ushort>>(view.Schema["Mask"]);
        VBuffer<ushort> mask = default;
        cursor.MoveNext();
        maskOf(ref mask);
        if (mask.Length != model.ImageHeight * model.ImageWidth)
        {
            throw new FormatException($"A picture of {model.ImageHeight} x {model.ImageWidth} has a mask of {mask.Length} pixels.");
        }
    }

    private static SessionOptions Options()
    {
        var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        options.AddSessionConfigEntry("session.use_env_allocators", "1");
        options.AddSessionConfigEntry("optimization.constant_folding_max_output_size_in_bytes", MostConstantBytes);
        return options;
    }

    // Values that a run takes and gives.
    private static long Declared(AttentionModel model) => (long)(model.BatchSize ?? 1)
        * Math.Max(3L * model.ImageHeight * model.ImageWidth, model.Outputs.Sum(output => (long)output.Maps * output.Shape.Tokens));

    // Mostly in nodes and constants: what is about them seldom gets past the reader, which is fuzzed with it elsewhere.
    private static byte[] Mutated(Random random, byte[][] models) => random.Next(12) switch
    {
        0 => ByteMutator.Mutate(random, models),
        1 => WireMutator.Mutate(random, random.Of(models)),
        2 => WireMutator.MutateAt(random, random.Of(models), Graph),
        var next => WireMutator.MutateAt(random, random.Of(models), Graph, next < 8 ? Node : Constant),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class Pixels
    {
        [VectorType]
        public float[] Image { get; set; } = [];
    }
}
