namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>Where it was measured.</summary>
internal sealed record MachineFacts
{
    /// <summary>Name of the processor: "AMD EPYC 7B13".</summary>
    public required string Processor { get; init; }

    /// <summary>Cores that the process may use.</summary>
    public required int Cores { get; init; }

    /// <summary>Memory in bytes.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Operating system.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>Version of .NET.</summary>
    public required string Runtime { get; init; }

    /// <summary>Width of a vector in bits: 128, 256 or 512.</summary>
    public required int VectorBits { get; init; }

    /// <summary>The graphics card that ran the model; null for the processor.</summary>
    public string? Accelerator { get; init; }
}
