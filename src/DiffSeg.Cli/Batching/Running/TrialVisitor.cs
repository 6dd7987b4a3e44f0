using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.Batching.Running;

/// <summary>Lets a result go: that there is one is all that is asked.</summary>
internal sealed class TrialVisitor : ISegmentationVisitor
{
    /// <inheritdoc/>
    public void Segmented(InputImage image, SegmentedImage result) => result.Dispose();

    /// <inheritdoc/>
    public void Failed(InputImage image, Exception problem)
    {
    }
}
