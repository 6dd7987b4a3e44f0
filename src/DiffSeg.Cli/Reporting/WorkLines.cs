using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli.Reporting;

/// <summary>A line per step, and one per tenth of a long download, for files, pipes and build servers.</summary>
/// <param name="console">Lines go to its output.</param>
/// <param name="clock">What steps are timed with.</param>
internal sealed class WorkLines(ToolConsole console, TimeProvider clock) : IWorkReporter
{
    // Shorter downloads are over before a second line would help.
    private const double Long = 256 << 20;

    /// <inheritdoc/>
    public Task<T> WatchAsync<T>(Func<IWorkProgress, Task<T>> work) => work(new Lines(console.Output, clock));

    private sealed class Lines(IAnsiConsole output, TimeProvider clock) : IWorkProgress
    {
        public IWorkStep Begin(string name, WorkUnit unit) => new Step(output, clock, name, unit);

        public void Say(string line) => output.WriteLine(line);
    }

    private sealed class Step : IWorkStep
    {
        private readonly IAnsiConsole _output;
        private readonly TimeProvider _clock;
        private readonly string _name;
        private readonly WorkUnit _unit;
        private readonly long _begin;
        private bool _told;
        private int _tenth;
        private double _done;

        public Step(IAnsiConsole output, TimeProvider clock, string name, WorkUnit unit)
        {
            (_output, _clock, _name, _unit) = (output, clock, name, unit);
            _begin = clock.GetTimestamp();
            if (unit == WorkUnit.Share)
            {
                Tell("");
            }
        }

        public void At(double done, double? total)
        {
            _done = done;
            if (_unit == WorkUnit.Share)
            {
                return;
            }

            if (!_told)
            {
                string earlier = done > 0 ? $", {ByteSize.Text((long)done)} are here already" : "";
                Tell(total is { } size ? $" ({ByteSize.Text((long)size)}{earlier})" : "");
                _tenth = Tenth(done, total);
            }
            else if (total >= Long && Tenth(done, total) is var tenth and < 10 && tenth > _tenth)
            {
                _tenth = tenth;
                _output.WriteLine($"  {10 * tenth}%");
            }
        }

        public void Complete()
        {
            if (_unit == WorkUnit.Bytes && _told)
            {
                _output.WriteLine($"  done, {ByteSize.Text((long)_done)} in {Duration.Text(_clock.GetElapsedTime(_begin))}");
            }
        }

        private void Tell(string size)
        {
            _told = true;
            _output.WriteLine(_name + size);
        }

        private static int Tenth(double done, double? total) => total is > 0 ? (int)(10 * done / total) : 0;
    }
}
