namespace DiffSeg.Batches.Masks;

/// <summary>Writes the masks of a chunk into one file.</summary>
internal interface IMaskSink : IDisposable
{
    /// <summary>Adds the next mask.</summary>
    /// <param name="index">The image's place in the list.</param>
    /// <param name="image">The image's id.</param>
    /// <param name="labels">Height x width labels, row-major.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="width">Width in pixels.</param>
    void Add(int index, string image, ReadOnlySpan<ushort> labels, int height, int width);

    /// <summary>Writes what ends the file.</summary>
    void Finish();
}
