using DiffSeg.Batches;
using DiffSeg.Cli.CommandLine;
using DiffSeg.Cli.Evaluating.Asking;
using DiffSeg.Cli.Logging;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Batching.Asking;

/// <summary>Everything that "diffseg batch" was asked.</summary>
internal sealed record BatchRequest
{
    /// <summary>Which pictures: files, folders, patterns, lists of pictures, or "-" for a list on standard input.</summary>
    public required InputSettings Input { get; init; }

    /// <summary>Which model, and what it runs on.</summary>
    public required ModelSettings Model { get; init; }

    /// <summary>How the attention becomes a mask.</summary>
    public required DiffSegMaskOptions Mask { get; init; }

    /// <summary>The folder of the batch, as given.</summary>
    public required string Output { get; init; }

    /// <summary>How masks are written.</summary>
    public BatchFormat Format { get; init; }

    /// <summary>Images per chunk.</summary>
    public int ChunkSize { get; init; } = 1000;

    /// <summary>The part to do; null where a scheduler says it, or all is to be done.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Number of parts, for schedulers that tell only the part's own number.</summary>
    public int? Shards { get; init; }

    /// <summary>Whether to throw away a batch with other settings in the folder.</summary>
    public bool Overwrite { get; init; }

    /// <summary>How to be guarded against bad images, a bad machine, and being stopped.</summary>
    public GuardSettings Guards { get; init; } = new();

    /// <summary>How to log; null for text on a terminal and JSON elsewhere.</summary>
    public LogForm? Log { get; init; }

    /// <summary>Whether to log only what went wrong, and no table.</summary>
    public bool Quiet { get; init; }
}
