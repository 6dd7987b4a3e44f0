namespace DiffSeg.Cli.Viewing.Answers;

/// <summary>A request that cannot be answered as asked; the page shows the message.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What is wrong and what to do.</param>
internal sealed class ViewProblem(int status, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status => status;
}

/// <summary>The same in JSON.</summary>
/// <param name="Error">What is wrong and what to do.</param>
internal sealed record ProblemAnswer(string Error);
