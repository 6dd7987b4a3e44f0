using DiffSeg.Cli.Batching.Running;
using DiffSeg.Cli.Batching.Telling;
using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Segmenting;

namespace DiffSeg.Cli.Batching.Guarding;

/// <summary>
/// Shows that the machine is well, by segmenting another image of the shard for that alone, done or not. Without it no image
/// is recorded for good as one that made the machine fail, or was not there: on a sick machine, or one that does not reach the
/// disk of the images, all of them would be.
/// </summary>
/// <param name="rows">The images.</param>
/// <param name="segmenter">Segments.</param>
/// <param name="hand">Knows what is on its way.</param>
/// <param name="suspects">Knows the bad images.</param>
/// <param name="faults">Counts what the machine does wrong.</param>
/// <param name="stop">Knows of a request to stop.</param>
/// <param name="log">Is told.</param>
internal sealed class MachineProof(
    OpenRows rows, IImageSegmenter segmenter, InHand hand, Suspects suspects, FaultCount faults, StopPlan stop, BatchLog log) : ISegmentationVisitor
{
    private BatchImage _tried = null!;
    private bool _isWell;

    /// <summary>Gives the proof, after which nothing is doubted any more.</summary>
    /// <param name="last">The last image that failed.</param>
    /// <param name="reason">With what.</param>
    /// <returns>False where there was a request to stop before it could be given.</returns>
    /// <exception cref="TemporaryException">It cannot be given: images fail one and all.</exception>
    public bool TryGive(BatchImage last, string reason)
    {
        int tried = 0;
        _isWell = false;
        foreach (BatchImage image in rows.Others(last).Where(image => suspects.Of(image.Index) is null))
        {
            if (stop.IsAsked)
            {
                return false;
            }

            tried++;
            Try(image);
            if (_isWell)
            {
                faults.Forget();
                log.Proven(image.Id, image.Index, last.Chunk);
                return true;
            }
        }

        throw new TemporaryException(
            $"'{last.Id}' failed ({reason.TrimEnd('.')}), and none of the {tried} other images that were tried could be segmented here: nothing is recorded, as it may be the machine's fault");
    }

    void ISegmentationVisitor.Segmented(InputImage image, SegmentedImage result)
    {
        result.Dispose();
        _isWell = true;
    }

    void ISegmentationVisitor.Failed(InputImage image, Exception problem)
    {
        if (FaultCount.IsOfMachine(problem))
        {
            faults.TryAgain(_tried, FailureText.Of(problem));
        }
    }

    private void Try(BatchImage image)
    {
        _tried = image;
        hand.Take(image);
        try
        {
            segmenter.Segment([image.Input], this, CancellationToken.None);
        }
        finally
        {
            hand.Clear();
        }
    }
}
