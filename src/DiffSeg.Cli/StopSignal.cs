using System.Runtime.InteropServices;
using DiffSeg.Cli.Output;
using DiffSeg.Cli.Terminal;
using Spectre.Console;

namespace DiffSeg.Cli;

/// <summary>
/// Ctrl+C and the polite requests to end (SIGTERM, and SIGUSR1 as schedulers send it): the first one stops the run after the
/// current picture, the second one ends the process at once. Neither leaves half a file behind.
/// </summary>
internal sealed class StopSignal : IDisposable, IStopNotice
{
    private readonly CancellationTokenSource _source = new();
    private readonly ToolConsole _console;
    private readonly PosixSignalRegistration[] _registrations;
    private bool _quiet;

    /// <summary>Listens from now on.</summary>
    /// <param name="console">Where to say what happens.</param>
    public StopSignal(ToolConsole console)
    {
        _console = console;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop),
            .. User1 is { } signal ? [PosixSignalRegistration.Create(signal, Stop)] : Array.Empty<PosixSignalRegistration>(),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public int Code { get; private set; } = ExitCode.Cancelled;

    // .NET has no name for it, but takes the system's own numbers.
    private static PosixSignal? User1 => OperatingSystem.IsWindows() ? null : (PosixSignal)(OperatingSystem.IsLinux() ? 10 : 30);

    /// <inheritdoc/>
    public void KeepQuiet() => _quiet = true;

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
        Code = context.Signal == PosixSignal.SIGINT ? ExitCode.Cancelled : ExitCode.Terminated;
        if (!_quiet)
        {
            _console.Error.WriteLine("Stopping as soon as nothing is left half-done; press Ctrl+C again to stop at once.");
        }

        _source.Cancel();
    }
}
