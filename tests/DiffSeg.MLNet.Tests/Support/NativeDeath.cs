namespace DiffSeg.MLNet.Tests.Support;

/// <summary>How native code ended a process.</summary>
/// <param name="Case">The case that it had in hand.</param>
/// <param name="ExitCode">Its exit code: 128 and the signal's number.</param>
/// <param name="LastWords">The end of what it wrote.</param>
internal sealed record NativeDeath(int Case, int ExitCode, string LastWords)
{
    // What .NET writes before it ends a process for a reason of its own.
    private static readonly string[] Managed = ["Unhandled exception", "Stack overflow", "Process terminated", "Fatal error.", "Out of memory"];

    /// <summary>The native death in how a process ended; null where it ended otherwise, or had not one case in hand.</summary>
    public static NativeDeath? Of(int exitCode, string written, IReadOnlyList<int> cases)
    {
        string[] lines = written.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return exitCode is (< 0 or > 128) && cases is [var number] && !lines.Any(line => Managed.Any(line.StartsWith))
            ? new(number, exitCode, string.Join(' ', lines.TakeLast(2)))
            : null;
    }
}
