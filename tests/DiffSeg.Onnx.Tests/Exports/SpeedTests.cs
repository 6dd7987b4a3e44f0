using System.Diagnostics;
using System.Globalization;
using DiffSeg.Onnx.Tests.Support;
using Microsoft.ML.OnnxRuntime;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>A built model against the export that it was built from, in one process. Only with DIFFSEG_BIG=1: it wants the machine for itself.</summary>
[Collection(WholeExports.Name)]
public sealed class SpeedTests(BuiltModels models)
{
    private const int Side = 512;
    private const int Runs = 7;

    [Fact]
    public void A_built_model_is_faster_than_the_export_with_its_attention_as_outputs()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("DIFFSEG_BIG") == "1", "A measurement of time: set DIFFSEG_BIG=1 to run it.");
        ExportSet set = ExportSet.All.FirstOrDefault(s => s.Name == "sd1x-tiny") ?? throw new DirectoryNotFoundException("sd1x-tiny");
        float[] image = Pictures.Waves(Side, Side);
        using var folder = new TemporaryFolder();
        BuiltModel built = models.FromImage(set, new());
        long bytes = 0;

        PeakMemory memory = PeakMemory.Begin();
        using var session = new InferenceSession(built.Path);
        void RunBuilt()
        {
            using OrtValue input = OrtValue.CreateTensorValueFromMemory(image, [1, 3, Side, Side]);
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(options, session.InputNames, [input], session.OutputNames);
            bytes = outputs.Sum(o => o.GetTensorDataAsSpan<float>().Length * (long)sizeof(float));
        }

        RunBuilt();
        long ourMemory = memory.GrowthMiB;
        using var export = new OriginalExport(set, folder.Path);
        long exportBytes = export.Run(image, Side);

        // In turn, so that what else the machine does meets both alike.
        double[] ours = new double[Runs], theirs = new double[Runs];
        for (int i = 0; i < Runs; i++)
        {
            ours[i] = Time(RunBuilt);
            theirs[i] = Time(() => export.Run(image, Side));
        }

        double ratio = Median(ours) / Median(theirs);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"FIGURE speed: ratio {ratio:f3} ({Median(ours):f2} s to {Median(theirs):f2} s), bytes {bytes} to {exportBytes}, growth {ourMemory} MiB, of both {memory.GrowthMiB} MiB"));
        Assert.InRange(ratio, 0, 1);
        Assert.True(bytes * 10 < exportBytes);
    }

    private static double Time(Action run)
    {
        var watch = Stopwatch.StartNew();
        run();
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);
}
