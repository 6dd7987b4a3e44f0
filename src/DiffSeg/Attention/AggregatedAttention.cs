namespace DiffSeg;

/// <summary>
/// Aggregated attention: for each token of a Height x Width map, how its attention spreads over that map. Row sums are 1
/// (or the sum of the weights, where those were not normalised).
/// </summary>
/// <remarks>
/// A value of its own: make it once per image, then segment it with as many settings as you like. Safe to read from
/// several threads. Its 4 N^2 bytes (64 MiB at 64 x 64) go back to the aggregator on <see cref="Dispose"/>, for the next image;
/// forgetting to costs only that.
/// </remarks>
public sealed class AggregatedAttention : IDisposable
{
    private readonly SpareBuffers _buffers;
    private readonly double _mass;
    private readonly int _degree;
    private float[]? _values;

    // The buffer may be longer than the values.
    internal AggregatedAttention(
        float[] values, SpareBuffers buffers, int height, int width, double mass, int degree)
    {
        _buffers = buffers;
        _mass = mass;
        _degree = degree;
        _values = values;
        Height = height;
        Width = width;
    }

    /// <summary>Rows of the map.</summary>
    public int Height { get; }

    /// <summary>Columns of the map.</summary>
    public int Width { get; }

    /// <summary>Tokens of the map, N = Height x Width.</summary>
    public int Tokens => Height * Width;

    /// <summary>All maps [N, N]: the map of token i at [i N, (i + 1) N), row-major over the picture.</summary>
    /// <exception cref="ObjectDisposedException">It was disposed.</exception>
    public ReadOnlySpan<float> Values => Buffer.AsSpan(0, Tokens * Tokens);

    internal MapRows Rows => new(Buffer, Tokens, Height, Width, _mass);

    private float[] Buffer => _values ?? throw new ObjectDisposedException(nameof(AggregatedAttention));

    /// <summary>Aggregates attention tensors that are all at hand (section 3.2 of the paper).</summary>
    /// <param name="tensors">Each tensor's shape and values [heads, N, N], in any order.</param>
    /// <param name="options">Weights and threads; null for the defaults.</param>
    /// <returns>The aggregated attention.</returns>
    /// <exception cref="ArgumentException">As <see cref="AttentionAggregator"/> and its Add say.</exception>
    /// <exception cref="AttentionException">The attention holds values that cannot be.</exception>
    public static AggregatedAttention FromTensors(
        IReadOnlyList<(AttentionShape Shape, ReadOnlyMemory<float> Values)> tensors, AggregationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        AttentionAggregator aggregator = new([.. tensors.Select(t => t.Shape)], options);

        // Coarse ones first: the last of the finest then goes straight into the result.
        foreach (int i in Enumerable.Range(0, tensors.Count).OrderBy(i => tensors[i].Shape.Tokens))
        {
            aggregator.Add(i, tensors[i].Values.Span);
        }

        return aggregator.Aggregate();
    }

    /// <summary>The map of one token.</summary>
    /// <param name="token">Row-major index of the token.</param>
    /// <returns>N values, row-major over the picture.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public ReadOnlySpan<float> Map(int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, Tokens);
        return Buffer.AsSpan(token * Tokens, Tokens);
    }

    /// <summary>
    /// The attention among the tokens of a window only: other tokens lose their maps and their place in the maps, and
    /// each map is scaled to sum to 1 again. Leaves out the padding of a picture that does not fill the model's input.
    /// </summary>
    /// <param name="window">The tokens to keep; must lie inside the map.</param>
    /// <returns>A new value of the window's size; this one is unchanged.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The window is empty or reaches beyond the map.</exception>
    /// <exception cref="AttentionException">A token in the window attends to nothing in the window.</exception>
    public AggregatedAttention Crop(TokenWindow window)
    {
        window.CheckInside(Height, Width, nameof(window));
        float[] cropped = _buffers.Rent(window.Tokens * window.Tokens);
        try
        {
            AttentionCrop.Run(Rows, window, cropped, _degree);
        }
        catch (AttentionException)
        {
            _buffers.Return(cropped);
            throw;
        }

        return new AggregatedAttention(cropped, _buffers, window.Height, window.Width, mass: 1, _degree);
    }

    /// <summary>Gives the memory back for the next image; this value must not be used any more.</summary>
    public void Dispose()
    {
        float[]? values = Interlocked.Exchange(ref _values, null);
        if (values is not null)
        {
            _buffers.Return(values);
        }
    }
}
