namespace DiffSeg.AspNetCore.Pool;

/// <summary>What the workers of a pool do with a picture. Asked by several threads at once.</summary>
internal interface IPictureSegmenter : IDisposable
{
    /// <summary>The settings of pictures that come without their own.</summary>
    DiffSegOptions Options { get; }

    /// <summary>Segments a picture.</summary>
    /// <param name="picture">The bytes of a picture file.</param>
    /// <param name="options">The settings.</param>
    /// <param name="stages">Told how long each stage took.</param>
    /// <param name="cancellationToken">Looked at between the stages, and often in the merging.</param>
    Segmentation Segment(ReadOnlyMemory<byte> picture, DiffSegOptions options, StageClock stages, CancellationToken cancellationToken);
}
