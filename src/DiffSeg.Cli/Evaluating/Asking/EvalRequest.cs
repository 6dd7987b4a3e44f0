using DiffSeg.Cli.Evaluating.Planning;
using DiffSeg.Evaluation;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Evaluating.Asking;

/// <summary>Everything that "diffseg eval" was asked.</summary>
internal sealed record EvalRequest
{
    /// <summary>The data set.</summary>
    public required DataSetName DataSet { get; init; }

    /// <summary>Its folder as given.</summary>
    public required string Root { get; init; }

    /// <summary>The part of the data set; null for the usual one.</summary>
    public string? Split { get; init; }

    /// <summary>The class file of a folder of one's own, as given.</summary>
    public string? Classes { get; init; }

    /// <summary>The models, the main one first; at least one.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>CUDA device; null for the CPU.</summary>
    public int? Gpu { get; init; }

    /// <summary>Threads at most; null for all cores.</summary>
    public int? Threads { get; init; }

    /// <summary>The methods in the order of the report; at least one.</summary>
    public required IReadOnlyList<MethodKind> Methods { get; init; }

    /// <summary>The sweeps.</summary>
    public required IReadOnlyList<SweepRequest> Sweeps { get; init; }

    /// <summary>DiffSeg's KL threshold; null for the data set's or the model's.</summary>
    public float? KlThreshold { get; init; }

    /// <summary>DiffSeg's anchors per side.</summary>
    public int Anchors { get; init; } = 16;

    /// <summary>DiffSeg's iterations.</summary>
    public int Iterations { get; init; } = 3;

    /// <summary>Whether DiffSeg refines.</summary>
    public bool Refine { get; init; }

    /// <summary>Images at most; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>The part of the images to do; null for all of them.</summary>
    public Shard? Shard { get; init; }

    /// <summary>Over what segments are matched with classes.</summary>
    public MatchingScope Matching { get; init; }

    /// <summary>How pictures are fitted to the model; null for the data set's way.</summary>
    public ImageFit? Fit { get; init; }

    /// <summary>Side in pixels at which is compared; null for the data set's way, 0 for the pictures' own size.</summary>
    public int? Size { get; init; }

    /// <summary>Folder of kept attention, as given; null for none.</summary>
    public string? Store { get; init; }

    /// <summary>The folder of results as given.</summary>
    public required string Output { get; init; }

    /// <summary>Whether to throw away what an earlier run has left there.</summary>
    public bool Restart { get; init; }

    /// <summary>Whether to say only what went wrong.</summary>
    public bool Quiet { get; init; }
}
