using DiffSeg.Cli.Inputs;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Segments pictures one after the other.</summary>
internal interface IImageSegmenter : IDisposable
{
    /// <summary>
    /// Segments the pictures as they come from the enumerable, which is walked once, up to a picture or two ahead and then
    /// on another thread.
    /// </summary>
    /// <param name="images">The pictures.</param>
    /// <param name="visitor">Is told about each picture, in their order.</param>
    /// <param name="cancellationToken">Ends the walk between two pictures, by <see cref="OperationCanceledException"/>.</param>
    void Segment(IEnumerable<InputImage> images, ISegmentationVisitor visitor, CancellationToken cancellationToken);
}

/// <summary>Takes the results of an <see cref="IImageSegmenter"/>.</summary>
internal interface ISegmentationVisitor
{
    /// <summary>A picture is segmented.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="result">Its mask; the visitor's from here on, to be disposed.</param>
    void Segmented(InputImage image, SegmentedImage result);

    /// <summary>A picture could not be segmented; the others are not affected.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="problem">Why.</param>
    void Failed(InputImage image, Exception problem);
}
