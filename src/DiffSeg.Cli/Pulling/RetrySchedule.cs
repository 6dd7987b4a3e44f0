namespace DiffSeg.Cli.Pulling;

/// <summary>How often a broken transfer is tried again, and after how long.</summary>
internal sealed class RetrySchedule
{
    /// <summary>Tries in a row that bring nothing before a download is given up.</summary>
    public const int MostTries = 6;

    /// <summary>The longest wait that is taken on at a server's request.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    private int _failures;

    /// <summary>The wait before the next try; null when there shall be none.</summary>
    /// <param name="broken">Why the last try ended.</param>
    /// <param name="progressed">Whether the last try brought new bytes: then counting starts again.</param>
    public TimeSpan? Next(BrokenTransferException broken, bool progressed)
    {
        _failures = progressed ? 1 : _failures + 1;
        if (_failures >= MostTries || broken.RetryAfter > LongestWait)
        {
            return null;
        }

        // 1, 2, 4, 8, 16 s. A server that asks for a time gets at least that.
        TimeSpan wait = FirstWait * Math.Pow(2, _failures - 1);
        return broken.RetryAfter is { } asked && asked > wait ? asked : wait;
    }
}
