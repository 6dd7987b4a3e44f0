using Microsoft.ML.Data;

namespace DiffSeg.Cli.Segmenting;

/// <summary>What the chain gives for one picture. Whoever receives it disposes it.</summary>
internal sealed class SegmentedImage : IDisposable
{
    /// <summary>Height x width labels, row-major.</summary>
    public required ReadOnlyMemory<ushort> Labels { get; init; }

    /// <summary>Height of the mask in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>Width of the mask in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>How many segments the mask has.</summary>
    public required int Segments { get; init; }

    /// <summary>The label that is no segment; null where every label is one.</summary>
    public ushort? Background { get; init; }

    /// <summary>The mask painted over the picture; null when no overlay was asked for.</summary>
    public MLImage? Overlay { get; init; }

    /// <summary>Frees the overlay.</summary>
    public void Dispose() => Overlay?.Dispose();
}
