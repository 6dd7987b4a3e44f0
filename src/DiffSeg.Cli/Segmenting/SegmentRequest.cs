using DiffSeg.Cli.CommandLine;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Everything that "diffseg segment" was asked.</summary>
/// <param name="Input">Which pictures.</param>
/// <param name="Model">Which model, and what it runs on.</param>
/// <param name="Mask">How the attention becomes a mask.</param>
/// <param name="Output">What is written.</param>
/// <param name="Points">The points whose segment is wanted; none where all segments are.</param>
internal sealed record SegmentRequest(
    InputSettings Input, ModelSettings Model, DiffSegMaskOptions Mask, OutputSettings Output, IReadOnlyList<PointPrompt> Points);
