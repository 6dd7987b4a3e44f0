using Microsoft.Extensions.Logging;

namespace DiffSeg.Cli.Serving;

/// <summary>Everything that a service says of itself while it runs. The numbers of the events stay as they are.</summary>
/// <param name="logger">Writes it.</param>
internal sealed partial class ServiceLog(ILogger logger)
{
    [LoggerMessage(1, LogLevel.Information, "Listening on {Address}. Model {Model} on {Device}; {Workers} pictures in work at once, {Queue} may wait; {Version}")]
    public partial void Started(string address, string model, string device, int workers, int queue, string version);

    [LoggerMessage(2, LogLevel.Warning, "It listens on {Host}: everybody who reaches this machine can use it, and it asks nobody who they are")]
    public partial void OpenToAll(string host);

    [LoggerMessage(3, LogLevel.Information, "Asked to stop: {Open} requests are under way, and have {Grace:F0} s to come to their end")]
    public partial void Stopping(int open, double grace);

    [LoggerMessage(4, LogLevel.Error, "Given up after --grace {Grace:F0} s: requests under way: {Open}, pictures in work: {InWork}")]
    public partial void GivenUp(double grace, int open, int inWork);

    [LoggerMessage(5, LogLevel.Information, "Ended. Pictures segmented: {Segmented}, refused: {Refused}, turned away: {TurnedAway}, cancelled: {Cancelled}, failed: {Failed}")]
    public partial void Ended(long segmented, long refused, long turnedAway, long cancelled, long failed);
}
