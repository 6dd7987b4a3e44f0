using DiffSeg.MLNet;
using DiffSeg.Pictures;

namespace DiffSeg.AspNetCore.Pool;

/// <summary>Tells what is a picture's fault from what is the machine's.</summary>
internal static class PictureBlame
{
    /// <summary>What a picture is refused for.</summary>
    /// <param name="problem">What was thrown while it was encoded or merged.</param>
    /// <returns>Null when it is not the picture's fault.</returns>
    public static PictureRefusedException? On(Exception problem) => problem switch
    {
        SegmentationException { Fault: SegmentationFault.Machine } or ObjectDisposedException => null,

        // The look at the file saw nothing, the decoder did.
        SegmentationException { InnerException: ArgumentException and not AttentionException } undecoded =>
            new($"The picture {undecoded.Reason}.", PictureFault.Damaged, undecoded),
        SegmentationException whole => Whole(whole.Reason, whole),
        AttentionException => Whole(SegmentationException.ReasonOf(problem), problem),
        _ => null,
    };

    private static PictureRefusedException Whole(string reason, Exception cause) =>
        new($"The picture cannot be segmented: {reason.TrimEnd('.')}.", null, cause);
}
