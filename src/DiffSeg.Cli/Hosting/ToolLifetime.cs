using Microsoft.Extensions.Hosting;

namespace DiffSeg.Cli.Hosting;

/// <summary>Leaves signals to the tool: the host's own lifetime would hold up the second one, which ends the process at once.</summary>
internal sealed class ToolLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
