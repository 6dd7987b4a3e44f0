namespace DiffSeg.Batches.Masks;

/// <summary>What a file says about the mask of an image.</summary>
/// <param name="Index">The image's place in the list.</param>
/// <param name="Image">The image's id; null in a format that does not keep it.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Segments">Segments of the mask.</param>
internal readonly record struct MaskFacts(int Index, string? Image, int Height, int Width, int Segments);

/// <summary>Reads the masks of a chunk, one after the other.</summary>
internal interface IMaskSource : IDisposable
{
    /// <summary>Reads the next mask.</summary>
    /// <returns>What it is; null after the last.</returns>
    /// <exception cref="InvalidDataException">The file is not as such files are written.</exception>
    MaskFacts? Next();
}
