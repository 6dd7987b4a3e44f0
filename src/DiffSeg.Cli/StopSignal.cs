using System.Runtime.InteropServices;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli;

/// <summary>
/// Ctrl+C and the polite request to end (SIGTERM): the first one stops the run after the current picture, the second one
/// ends the process at once. Neither leaves half a file behind.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly ToolConsole _console;
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Listens from now on.</summary>
    /// <param name="console">Where to say what happens.</param>
    public StopSignal(ToolConsole console)
    {
        _console = console;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            // The system's own handling follows and ends the process.
            AtomicFile.DiscardUnfinished();
            return;
        }

        context.Cancel = true;
        _console.Error.WriteLine("Stopping as soon as nothing is left half-done; press Ctrl+C again to stop at once.");
        _source.Cancel();
    }
}
