using System.Reflection;
using DiffSeg.MLNet;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Why a picture failed, in plain words.</summary>
internal static class FailureText
{
    /// <summary>A sentence without the picture's name.</summary>
    /// <param name="problem">What was thrown.</param>
    public static string Of(Exception problem)
    {
        // What is wrapped around a cause says only that there was one, or the number of a row that nobody sees.
        while (problem is SegmentationException or TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
            && problem.InnerException is { } inner)
        {
            problem = inner;
        }

        return problem switch
        {
            OutOfMemoryException => "there is not enough memory for it; a smaller picture or --size model needs less",

            // MLImage's words for what the decoder refuses: "Invalid path", "Invalid input stream contents".
            ArgumentException refused when refused.Message.StartsWith("Invalid", StringComparison.Ordinal) =>
                "cannot be decoded: it is damaged, or of a kind that ML.NET does not read",
            _ => problem.Message.ReplaceLineEndings(" ").Trim(),
        };
    }
}
