namespace DiffSeg.Cli.Verifying;

/// <summary>A step of a verification, measured.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Time">How long it took.</param>
/// <param name="Memory">Bytes of memory that the process held afterwards.</param>
internal sealed record Stage(string Name, TimeSpan Time, long Memory);
