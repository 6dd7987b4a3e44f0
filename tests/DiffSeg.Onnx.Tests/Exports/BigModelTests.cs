using System.Diagnostics;
using System.Globalization;
using DiffSeg.Onnx.Tests.Support;

namespace DiffSeg.Onnx.Tests.Exports;

/// <summary>A U-Net of more than 3 GB. Takes minutes and 10 GB of disk, so only with DIFFSEG_BIG=1.</summary>
[Collection(WholeExports.Name)]
public sealed class BigModelTests
{
    private const int Side = 128;
    private const int Factor = 32;
    private const long MostBuildMemory = 1500; // MiB: half of the weights

    [Theory]
    [InlineData(WeightStorage.Float32)]
    [InlineData(WeightStorage.Int8)]
    public void It_is_built_in_bounded_memory_loaded_and_run(WeightStorage storage)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("DIFFSEG_BIG") == "1", "Takes minutes and 10 GB of disk: set DIFFSEG_BIG=1 to run it.");
        ExportSet set = ExportSet.All.FirstOrDefault(s => s.Name == "sd1x-tiny") ?? throw new DirectoryNotFoundException("sd1x-tiny");
        using var folder = new TemporaryFolder();
        long weights = InflatedUNet.Write(set.UNet, folder.Path, Factor);
        Assert.True(weights > 3_000_000_000);
        string path = folder.File("big.onnx");
        AttentionModelOptions options = new()
        {
            ImageHeight = Side,
            ImageWidth = Side,
            Weights = storage,
            VaeEncoder = set.Folder,
            PromptEmbedding = set.RequiredReference().Folder,
        };

        PeakMemory memory = PeakMemory.Begin();
        var watch = Stopwatch.StartNew();
        AttentionModelReport report = AttentionModelBuilder.Build(folder.Path, path, options, null, TestContext.Current.CancellationToken);
        TimeSpan build = watch.Elapsed;
        long buildMemory = memory.GrowthMiB;
        memory = PeakMemory.Begin();
        watch.Restart();
        TimeSpan run = default;
        OnnxRun.Of(path, Pictures.Waves(Side, Side), [1, 3, Side, Side], (_, _, values) =>
        {
            run = watch.Elapsed;
            Assert.Equal(256 * 256, values.Length);
            double sum = 0;
            foreach (float value in values)
            {
                sum += value;
            }

            Assert.InRange(sum, 256 - 0.1, 256 + 0.1);
        });

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"FIGURE big {storage}: build {build.TotalSeconds:f0} s, growth {buildMemory} MiB; load and run {run.TotalSeconds:f1} s, growth {memory.GrowthMiB} MiB; before {report.Before} after {report.After}"));
        Assert.Equal(report.After.Bytes > options.SingleFileLimit, report.Model.FindDataFiles().Count == 1);
        Assert.True(report.After.Weights < report.Before.Weights);
        Assert.InRange(buildMemory, 0, MostBuildMemory);
    }
}
