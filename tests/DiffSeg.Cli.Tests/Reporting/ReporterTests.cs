using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Reporting;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using Spectre.Console.Testing;

namespace DiffSeg.Cli.Tests.Reporting;

public class ReporterTests
{
    private static readonly InputImage Image = new("/p/a.jpg", "a [1].jpg");

    [Fact]
    public void Lines_are_numbered_with_room_for_the_largest_number()
    {
        using TestConsole output = new TestConsole().Width(200), error = new TestConsole().Width(200);
        var reporter = new LineReporter(new ToolConsole(output, error, false, false), quiet: false);

        reporter.Watch(10, progress =>
        {
            progress.Done(new ImageResult(Image, 20, 30, 1, TimeSpan.FromSeconds(12.34)));
            progress.Failed(Image, "is [odd]");
            progress.Done(new ImageResult(Image, 20, 30, 2, TimeSpan.FromMilliseconds(85)));
            return Nothing;
        });

        // Brackets in names and reasons are text, not Spectre's markup.
        Assert.Equal("[ 1/10] a [1].jpg: 1 segment, 30 x 20, 12.3 s\n[ 3/10] a [1].jpg: 2 segments, 30 x 20, 85 ms\n", output.Output);
        Assert.Equal("skipped a [1].jpg: is [odd]\n", error.Output);
    }

    [Fact]
    public void Bar_shows_count_rate_and_what_was_skipped()
    {
        using TestConsole error = new TestConsole().Width(120).Interactive().EmitAnsiSequences();

        RunResult result = new LiveReporter(error).Watch(4, progress =>
        {
            progress.Done(new ImageResult(Image, 2, 3, 1, TimeSpan.Zero));
            progress.Failed(Image, "is [odd]");
            return Nothing;
        });

        Assert.Same(Nothing, result);
        Assert.Contains("Segmenting", error.Output);
        Assert.Contains("2/4", error.Output);
        Assert.Contains("a [1].jpg: is [odd]", error.Output);
    }

    [Theory]
    [InlineData(0, 10, "")]
    [InlineData(1, 0, "")]
    [InlineData(10, 5, "2.0 images/s")]
    [InlineData(5, 7, "1.4 s/image")]
    public void Rate_is_per_second_or_per_image(double done, double seconds, string text) =>
        Assert.Equal(text, RateColumn.Rate(done, TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0.0854, "85 ms")]
    [InlineData(1.214, "1.21 s")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(125.4, "2 min 05 s")]
    [InlineData(11221, "3 h 07 min")]
    [InlineData(100000, "27 h 46 min")]
    public void Times_are_as_people_say_them(double seconds, string text) =>
        Assert.Equal(text, Duration.Text(TimeSpan.FromSeconds(seconds)));

    private static readonly RunResult Nothing = new(0, 0, 0, 0, TimeSpan.Zero, false);
}
