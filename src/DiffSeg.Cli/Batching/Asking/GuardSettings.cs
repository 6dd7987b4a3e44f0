namespace DiffSeg.Cli.Batching.Asking;

/// <summary>Limits that keep one bad image or machine from spoiling a night's work.</summary>
internal sealed record GuardSettings
{
    /// <summary>Share of the shard's images that may fail before the exit code says so.</summary>
    public double MaxErrorRate { get; init; } = 0.05;

    /// <summary>The longest that an image may take.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>The longest from the request to stop to the end of the process.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>Faults of the machine, one after the other, that are taken before giving up.</summary>
    public int MaxFaults { get; init; } = 20;

    /// <summary>Bytes that must be free in the folder before a chunk is begun.</summary>
    public long MinFree { get; init; } = 256L << 20;
}
