using System.Text.Json;

namespace DiffSeg.Cli.Evaluating.Journal;

/// <summary>A line of a journal after the first: an image with a run, or why an image was skipped.</summary>
internal sealed record JournalEntry
{
    /// <summary>The image's position in the data set, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The image.</summary>
    public required string Image { get; init; }

    /// <summary>Why it was skipped; null when it was not.</summary>
    public string? Skipped { get; init; }

    /// <summary>The key of the run; null when it was skipped.</summary>
    public string? Run { get; init; }

    /// <summary>What the metrics of the image add up from, as their evaluator writes it.</summary>
    public JsonElement? Sums { get; init; }

    /// <summary>The image's own score; null when it has none.</summary>
    public double? Score { get; init; }

    /// <summary>Segments found.</summary>
    public int Segments { get; init; }

    /// <summary>What the stages took.</summary>
    public StageTimes? Times { get; init; }

    /// <summary>Most memory that the process had held, in bytes; null where the system does not say.</summary>
    public long? PeakBytes { get; init; }

    /// <summary>The photo's file, for pictures in the report.</summary>
    public string? Photo { get; init; }

    /// <summary>The label map's file, for pictures in the report.</summary>
    public string? Truth { get; init; }
}

/// <summary>What the stages of an image took, in milliseconds. Stages that several settings share count in each.</summary>
/// <param name="Preparing">Reading and preparing picture and ground truth.</param>
/// <param name="Model">The model; null when its attention came from the disk, or none is looked at.</param>
/// <param name="Reading">Reading attention from the disk; null when the model ran.</param>
/// <param name="Aggregation">Aggregating; null where no attention is looked at.</param>
/// <param name="Segmenting">The method. DiffSeg's default goes first; other settings of it find part of their work done.</param>
/// <param name="Measuring">The metrics.</param>
internal sealed record StageTimes(
    double Preparing, double? Model, double? Reading, double? Aggregation, double Segmenting, double Measuring);
