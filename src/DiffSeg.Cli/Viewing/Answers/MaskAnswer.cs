using DiffSeg.Cli.Viewing.Encoded;

namespace DiffSeg.Cli.Viewing.Answers;

/// <summary>A mask over a picture.</summary>
/// <param name="Height">Rows of the mask.</param>
/// <param name="Width">Columns of the mask.</param>
/// <param name="Runs">The labels: see <see cref="LabelRuns"/>.</param>
/// <param name="Segments">The segments in ascending order of their labels.</param>
/// <param name="Picture">Size of the picture in pixels.</param>
/// <param name="Part">The part of the picture that the mask covers.</param>
internal sealed record MaskAnswer(int Height, int Width, int[] Runs, IReadOnlyList<SegmentAnswer> Segments, SizeAnswer Picture, Part Part)
{
    /// <summary>The threshold; null where it is not known.</summary>
    public float? Threshold { get; init; }

    /// <summary>Milliseconds that the model took for this picture, once, with reading it.</summary>
    public double? EncodingTime { get; init; }

    /// <summary>Milliseconds from threshold to mask.</summary>
    public double? SegmentingTime { get; init; }

    /// <summary>Whether there is a stored mask to compare with.</summary>
    public bool Stored { get; init; }

    /// <summary>Describes segments.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="pixels">Pixels of the mask.</param>
    public static IReadOnlyList<SegmentAnswer> Describe(IReadOnlyList<Segment> segments, double pixels) =>
        [.. segments.Select(segment => new SegmentAnswer(segment.Label, segment.Area / pixels))];
}

/// <summary>A segment.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Share">Its share of the mask's pixels.</param>
internal readonly record struct SegmentAnswer(int Label, double Share);

/// <summary>A size in pixels.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal readonly record struct SizeAnswer(int Height, int Width);
