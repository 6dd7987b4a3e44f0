using System.Text.Json.Serialization;

namespace DiffSeg.Cli.Evaluating.Report.Results;

/// <summary>What segments are matched to classes over; figures of one scope do not compare with those of another.</summary>
internal enum Matching
{
    /// <summary>Each image by itself, as DiffSeg's published code does.</summary>
    [JsonStringEnumMemberName("per-image")]
    PerImage,

    /// <summary>The whole data set at once, as PiCIE and STEGO do.</summary>
    [JsonStringEnumMemberName("per-data-set")]
    PerDataSet,

    /// <summary>No classes: segments are compared with segments.</summary>
    [JsonStringEnumMemberName("none")]
    None,
}
