namespace DiffSeg.Offline;

/// <summary>The decision cannot be made; the message says why and what to do.</summary>
internal sealed class DecisionException(string message, string? details = null) : Exception(message)
{
    /// <summary>What a program that was called had to say, if anything.</summary>
    public string? Details { get; } = details;
}
