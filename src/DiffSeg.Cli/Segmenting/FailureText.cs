using System.Reflection;

namespace DiffSeg.Cli.Segmenting;

/// <summary>Why a picture failed, in plain words.</summary>
internal static class FailureText
{
    /// <summary>A sentence without the picture's name.</summary>
    /// <param name="problem">What was thrown.</param>
    public static string Of(Exception problem)
    {
        // What ML.NET wraps around a cause says only that there was one.
        while (problem is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && problem.InnerException is { } inner)
            problem = inner;

        string text = problem.Message.ReplaceLineEndings(" ").Trim();
        return problem switch
        {
            OutOfMemoryException => "there is not enough memory for it; a smaller picture or --size model needs less",
            _ => text,
        };
    }
}
