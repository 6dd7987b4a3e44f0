using System.Globalization;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>What is known against an image: kept in a file of its own until its chunk is done.</summary>
internal sealed record Suspicion
{
    /// <summary>Deaths with the image in hand after which it is tried in a process of its own.</summary>
    public const int Doubtful = 2;

    /// <summary>Deaths that are enough: those, and that of the process of its own.</summary>
    public const int Deadly = Doubtful + 1;

    /// <summary>The image's place in the list, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Its id.</summary>
    public required string Image { get; init; }

    /// <summary>How often the process died while the image was in hand.</summary>
    public int Deaths { get; init; }

    /// <summary>SHA-256 of the plan by which it was tried: with another it may do well.</summary>
    public required string Plan { get; init; }

    /// <summary>The longest time limit that it exceeded, in seconds; null for none.</summary>
    public double? TookLongerThan { get; init; }

    /// <summary>Why the image is not tried any more; null when it is, alone.</summary>
    /// <param name="limit">The time limit now: a longer one than it exceeded is another chance.</param>
    public string? Verdict(TimeSpan limit) =>
        TookLongerThan is { } seconds && seconds >= limit.TotalSeconds
            ? string.Create(CultureInfo.InvariantCulture, $"took longer than {seconds:0.###} s")
            : Deaths >= Deadly ? $"the process died {Deadly} times while it was in hand"
            : null;
}
