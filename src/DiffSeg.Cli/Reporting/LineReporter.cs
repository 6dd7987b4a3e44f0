using System.Globalization;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.Reporting;

/// <summary>A line per picture, for files, pipes and build servers.</summary>
/// <param name="console">Lines go to its output, skipped pictures to its error.</param>
/// <param name="quiet">Only the skipped pictures.</param>
internal sealed class LineReporter(ToolConsole console, bool quiet) : IRunReporter
{
    /// <inheritdoc/>
    public RunResult Watch(int images, Func<IRunProgress, RunResult> run) => run(new Lines(console, quiet, images));

    private sealed class Lines(ToolConsole console, bool quiet, int images) : IRunProgress
    {
        private readonly int _digits = images.ToString(CultureInfo.InvariantCulture).Length;
        private int _number;

        public void Done(ImageResult result)
        {
            _number++;
            if (quiet)
            {
                return;
            }

            string number = _number.ToString(CultureInfo.InvariantCulture).PadLeft(_digits);
            console.Output.WriteLine(
                $"[{number}/{images}] {result.Image.Name}: {Plural.Of(result.Segments, "segment")}, {result.Width} x {result.Height}, {Duration.Text(result.Time)}");
        }

        public void Failed(InputImage image, string reason)
        {
            _number++;
            FailureLine.Write(console.Error, image, reason);
        }
    }
}
