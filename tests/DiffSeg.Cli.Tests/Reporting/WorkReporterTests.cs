using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Terminal;
using DiffSeg.Cli.Tests.Support;
using DiffSeg.Onnx;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Reporting;

public class WorkReporterTests
{
    [Fact]
    public async Task Lines_tell_size_tenths_of_long_downloads_and_time()
    {
        using TestConsole output = new TestConsole().Width(200), error = new TestConsole().Width(200);
        var lines = new WorkLines(new ToolConsole(output, error, OutputIsTerminal: false, ErrorIsTerminal: false), new InstantClock());

        int result = await lines.WatchAsync(progress =>
        {
            IWorkStep large = progress.Begin("Downloading a", WorkUnit.Bytes);
            large.At(100 << 20, 1 << 30);
            for (long done = 100 << 20; done <= 1 << 30; done += 1 << 20)
            {
                large.At(done, 1 << 30);
            }

            large.Complete();
            progress.Say("a remark");
            IWorkStep small = progress.Begin("Downloading b", WorkUnit.Bytes);
            small.At(0, null);
            small.At(2000, null);
            small.Complete();
            var stages = new BuildStages(progress);
            stages.Report(new BuildProgress("Reading", 0));
            stages.Report(new BuildProgress("Reading", 0.5));
            stages.Report(new BuildProgress("Writing", 0));
            stages.Complete();
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
        Assert.Equal("", error.Output);
        Assert.Equal(
            """
            Downloading a (1.00 GB, 100.0 MB are here already)
              10%
              20%
              30%
              40%
              50%
              60%
              70%
              80%
              90%
              done, 1.00 GB in 0 ms
            a remark
            Downloading b
              done, 2 kB in 0 ms
            Reading
            Writing

            """,
            output.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Bars_are_drawn_on_standard_error_and_cleared()
    {
        using TestConsole error = new TestConsole().Width(200).Interactive().EmitAnsiSequences();

        int result = await new WorkBars(error).WatchAsync(progress =>
        {
            IWorkStep step = progress.Begin("Downloading [a]", WorkUnit.Bytes);
            step.At(1 << 20, 4 << 20);
            progress.Say("a remark");
            step.At(4 << 20, 4 << 20);
            step.Complete();
            IWorkStep other = progress.Begin("Writing", WorkUnit.Share);
            other.At(0.5, 1);
            other.Complete();
            return Task.FromResult(7);
        });

        Assert.Equal(7, result);
        Assert.Contains("a remark", error.Output, StringComparison.Ordinal);
        Assert.Contains("Downloading [a]", error.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1 << 20, 1 << 30, null, "1.0 MB of 1.00 GB")]
    [InlineData(1 << 29, 1 << 30, 25.0 * (1 << 20), "512.0 MB of 1.00 GB, 25.0 MB/s")]
    [InlineData(1 << 20, double.MaxValue, 0.0, "1.0 MB")]
    public void Amount_of_a_download(double done, double total, double? speed, string text) => Assert.Equal(text, ByteCountColumn.Amount(done, total, speed));

    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 kB")]
    [InlineData(3L << 19, "1.5 MB")]
    [InlineData(5L << 30, "5.00 GB")]
    public void Size(long bytes, string text) => Assert.Equal(text, ByteSize.Text(bytes));
}
