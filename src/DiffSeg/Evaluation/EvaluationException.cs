namespace DiffSeg.Evaluation;

/// <summary>
/// A mask and a ground truth, or two evaluations, that do not fit each other: different sizes, a class beyond the count,
/// no truth, other options.
/// </summary>
/// <remarks>The message names the sizes or the value and says what to do.</remarks>
public sealed class EvaluationException : ArgumentException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="innerException">What came before, if anything.</param>
    public EvaluationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
