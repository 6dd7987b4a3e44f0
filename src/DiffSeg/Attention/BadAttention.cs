namespace DiffSeg;

/// <summary>Says what is wrong with a tensor, once a row of it is known to be bad.</summary>
internal static class BadAttention
{
    /// <summary>Finds the bad value of a query token and describes it.</summary>
    /// <param name="tensor">Position of the tensor.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="attention">Its values.</param>
    /// <param name="query">The query token that holds a bad value or no attention.</param>
    /// <returns>The error to throw.</returns>
    public static AttentionException Describe(
        int tensor, AttentionShape shape, ReadOnlySpan<float> attention, int query)
    {
        int tokens = shape.Tokens;
        for (int head = 0; head < shape.Heads; head++)
        {
            long start = (((long)head * tokens) + query) * tokens;
            int key = RowCheck.FirstInvalid(attention.Slice((int)start, tokens));
            if (key >= 0)
            {
                float value = attention[(int)start + key];
                string what = float.IsNaN(value) ? "NaN"
                    : float.IsInfinity(value) ? "an infinite value"
                    : $"{value}, a negative value,";
                return new AttentionException(
                    $"Attention tensor {tensor} ({shape}) holds {what} at index {start + key} (head {head}, query token "
                    + $"{query}, key token {key}). Attention must be finite and not negative: check that this output is "
                    + "taken after the softmax, and whether a half-precision model overflows.",
                    tensor,
                    start + key);
            }
        }

        return new AttentionException(
            $"Attention tensor {tensor} ({shape}) is 0 everywhere from index {(long)query * tokens} on, for query token "
            + $"{query} in all heads. Every token must attend to something: check that the model ran and that this is "
            + "its attention output.",
            tensor,
            (long)query * tokens);
    }

    /// <summary>Describes a map whose values are good, one by one, and whose sum is not.</summary>
    /// <param name="tensor">Position of the first tensor of its resolution.</param>
    /// <param name="height">Rows of the resolution.</param>
    /// <param name="width">Columns of the resolution.</param>
    /// <param name="query">The query token.</param>
    /// <param name="sum">The sum of its map.</param>
    /// <returns>The error to throw.</returns>
    public static AttentionException NotNormalisable(int tensor, int height, int width, int query, float sum) =>
        new(
            $"The attention of query token {query} at {height}x{width} (tensor {tensor}) sums to {sum}, which no "
            + "float can normalise. Rows of attention should sum to about 1: check the model's output.",
            tensor,
            (long)query * height * width);

    /// <summary>Describes a map of which the window shows nothing.</summary>
    /// <param name="token">Its query token on the whole map.</param>
    /// <param name="window">The window.</param>
    /// <returns>The error to throw.</returns>
    public static AttentionException NothingShown(int token, TokenWindow window) =>
        new($"Token {token} attends to nothing inside the window of {window}; keep more of the map.");
}
