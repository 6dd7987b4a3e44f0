namespace DiffSeg.Cli;

/// <summary>What the process tells its caller. Documented in the help; scripts rely on the numbers.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>The run went to its end, but some images failed.</summary>
    public const int SomeFailed = 1;

    /// <summary>Nothing was begun: a wrong argument, no images, a model or an output folder that cannot be used.</summary>
    public const int Setup = 2;

    /// <summary>A bug in the tool; what is known about it is on standard error. As in sysexits.h, EX_SOFTWARE.</summary>
    public const int Bug = 70;

    /// <summary>Nothing is wrong with what was asked, but it cannot be done here and now; the same command goes on later. As in sysexits.h, EX_TEMPFAIL.</summary>
    public const int Temporary = 75;

    /// <summary>Stopped by Ctrl+C; as shells count it, 128 + SIGINT.</summary>
    public const int Cancelled = 130;

    /// <summary>Stopped by SIGTERM, or by SIGUSR1, which schedulers send before it; 128 + SIGTERM.</summary>
    public const int Terminated = 143;
}
