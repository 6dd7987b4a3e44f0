namespace DiffSeg;

/// <summary>
/// Attention aggregation (Tian et al., CVPR 2024, section 3.2): makes one map per token out of the self-attention of
/// all layers and resolutions.
/// </summary>
/// <remarks>
/// <para>
/// Tensors of equal resolution are layers: each is averaged over its heads, then they are averaged. Each map of a coarser
/// resolution is upsampled along its key axes (bilinear, half-pixel centres, edge clamp), divided by its sum, and
/// repeated (nearest) along the query axes; the result is the weighted sum over the resolutions, of the finest one's
/// size. Raw per-head tensors, one tensor per layer, one per resolution and a single aggregated tensor are all just
/// lists of shapes.
/// </para>
/// <para>
/// Tensors are added one at a time and not kept, so one may be freed before the next is fetched. One aggregator serves
/// image after image and keeps its buffers; it must not be used by two threads at once. Bits do not depend on threads
/// or machine; they do depend on the order in which layers of one resolution are added.
/// </para>
/// </remarks>
public sealed class AttentionAggregator
{
    private readonly SpareBuffers _buffers = new();
    private readonly AttentionLadder _ladder;
    private readonly AttentionPyramid _pyramid;
    private readonly LevelMean[] _means;
    private readonly bool[] _added;
    private readonly int _degree;

    /// <summary>Prepares for images whose attention has the given shapes.</summary>
    /// <param name="tensors">The shapes, in any order; <see cref="Add"/> names tensors by their position here.</param>
    /// <param name="options">Weights and threads; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// No tensors, an impossible shape, or a number of weights other than the number of resolutions.
    /// </exception>
    public AttentionAggregator(IReadOnlyList<AttentionShape> tensors, AggregationOptions? options = null)
    {
        options ??= new AggregationOptions();
        _ladder = new AttentionLadder(tensors);
        _degree = options.MaxDegreeOfParallelism;
        _means = [.. _ladder.Levels.Select(l => new LevelMean(l.Height * l.Width, _buffers))];
        _pyramid = new AttentionPyramid(_ladder, _ladder.Weights(options), _degree);
        _added = new bool[tensors.Count];
    }

    /// <summary>Rows of the result: those of the finest resolution.</summary>
    public int Height => _ladder.Levels[0].Height;

    /// <summary>Columns of the result: those of the finest resolution.</summary>
    public int Width => _ladder.Levels[0].Width;

    /// <summary>Adds one attention tensor of the current image.</summary>
    /// <param name="tensor">Position of its shape in the constructor's list; each once per image.</param>
    /// <param name="attention">
    /// Its values [heads, N, N], row-major; the row of a query token is its attention to all key tokens. Not kept.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    /// <exception cref="InvalidOperationException">The tensor was added already.</exception>
    /// <exception cref="AttentionException">
    /// A value is NaN, infinite or negative, or a query token has no attention in any head. The image is then given
    /// up: the next Add starts another.
    /// </exception>
    public void Add(int tensor, ReadOnlySpan<float> attention)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tensor, _added.Length);
        AttentionShape shape = _ladder.Tensors[tensor];
        if (attention.Length != shape.Length)
        {
            throw new ArgumentException(
                $"Attention tensor {tensor} has {attention.Length} values, but its shape {shape} asks for "
                + $"{shape.Heads} x {shape.Tokens} x {shape.Tokens} = {shape.Length}.",
                nameof(attention));
        }

        if (_added[tensor])
        {
            throw new InvalidOperationException(
                $"Attention tensor {tensor} was added already; call Aggregate after the last tensor of each image.");
        }

        int badRow = _means[_ladder.LevelOf(tensor)].Add(shape, attention, _degree);
        if (badRow >= 0)
        {
            Reset();
            throw BadAttention.Describe(tensor, shape, attention, badRow);
        }

        _added[tensor] = true;
    }

    /// <summary>Aggregates the tensors added since the last call. The aggregator is then ready for the next image.</summary>
    /// <returns>The aggregated attention; dispose it so that the next image can use its memory.</returns>
    /// <exception cref="InvalidOperationException">Not every tensor was added.</exception>
    /// <exception cref="AttentionException">A map's sum is too large or too small for a float.</exception>
    public AggregatedAttention Aggregate()
    {
        int missing = Array.IndexOf(_added, false);
        if (missing >= 0)
        {
            throw new InvalidOperationException(
                $"Attention tensor {missing} ({_ladder.Tensors[missing]}) was not added; "
                + $"{_added.Count(a => a)} of {_added.Length} were.");
        }

        try
        {
            _pyramid.SumInto(_means);
            return new AggregatedAttention(_means[0].Detach(), _buffers, Height, Width, _pyramid.Mass);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Forgets the tensors added since the last <see cref="Aggregate"/>, to start the image anew.</summary>
    public void Reset()
    {
        Array.Clear(_added);
        foreach (LevelMean mean in _means)
        {
            mean.Clear();
        }
    }
}
