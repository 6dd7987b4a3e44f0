using DiffSeg.MLNet;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Why a picture failed, in the words of the command line.</summary>
internal static class FailureText
{
    /// <summary>A sentence without the picture's name.</summary>
    /// <param name="problem">What was thrown.</param>
    public static string Of(Exception problem) => problem.GetBaseException() is OutOfMemoryException
        ? "there is not enough memory for it; a smaller picture or --size model needs less"
        : SegmentationException.ReasonOf(problem);
}
