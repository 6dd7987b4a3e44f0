using DiffSeg.Cli.Inputs;

namespace DiffSeg.Cli.Segmenting;

/// <summary>A picture that is done.</summary>
/// <param name="Image">The picture.</param>
/// <param name="Height">Height of its mask in pixels.</param>
/// <param name="Width">Width of its mask in pixels.</param>
/// <param name="Segments">Number of segments.</param>
/// <param name="Time">From the end of the picture before to the last file written.</param>
internal sealed record ImageResult(InputImage Image, int Height, int Width, int Segments, TimeSpan Time);
