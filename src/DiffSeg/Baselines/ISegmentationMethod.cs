namespace DiffSeg.Baselines;

/// <summary>
/// A way to segment a picture: DiffSeg, or something to measure it against on the same attention, mask and clean-up. One
/// instance serves any number of pictures and threads.
/// </summary>
public interface ISegmentationMethod
{
    /// <summary>What a report calls it, settings that matter included.</summary>
    string Name { get; }

    /// <summary>Segments one picture.</summary>
    /// <param name="input">The picture's attention, the mask to make and what else the method needs.</param>
    /// <param name="cancellationToken">Looked at often.</param>
    /// <returns>The mask and its segments.</returns>
    /// <exception cref="ArgumentException">The input lacks what the method needs, or does not fit.</exception>
    /// <exception cref="AttentionException">The attention cannot be segmented.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    Segmentation Segment(MethodInput input, CancellationToken cancellationToken = default);
}
