namespace DiffSeg;

/// <summary>
/// Attention that cannot be segmented: a value that is NaN, infinite or negative, a map without any attention,
/// or maps so degenerate that no proposal survives the merging.
/// </summary>
/// <remarks>The message names the tensor and the index and says what to do.</remarks>
public sealed class AttentionException : ArgumentException
{
    /// <summary>Creates the error with a message of the caller's.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    public AttentionException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the error for one value or map of one attention tensor.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="tensor">Position of the tensor in the list that the aggregator was made for.</param>
    /// <param name="index">Flat index into the tensor, row-major.</param>
    public AttentionException(string message, int tensor, long index)
        : base(message)
    {
        Tensor = tensor;
        Index = index;
    }

    /// <summary>Position of the tensor in the aggregator's list; null when the error is not about one tensor.</summary>
    public int? Tensor { get; }

    /// <summary>Flat row-major index into the tensor of the first bad value; null when the error is not about one.</summary>
    public long? Index { get; }
}
