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
/// Tensors are added one at a time and not kept, so one may be freed before the next is fetched. Any order will do;
/// fastest is to add the coarser resolutions first and one of the finest last, which then goes straight into the
/// result. One aggregator serves
/// image after image and keeps its buffers; it must not be used by two threads at once. Bits do not depend on threads
/// or machine; they do depend on the order in which layers of one resolution are added.
/// </para>
/// </remarks>
public sealed class AttentionAggregator
{
    private readonly SpareBuffers _buffers = new();
    private readonly TensorRows _rows = new();
    private readonly MapScale _scale = new();
    private readonly AttentionLadder _ladder;
    private readonly AttentionPyramid _pyramid;
    private readonly LevelMean[] _means;
    private readonly bool[] _added;
    private readonly int _degree;
    private int _missing;
    private bool _summed;

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
        _pyramid = new AttentionPyramid(_ladder, _means, _scale, _buffers, options);
        _added = new bool[tensors.Count];
        _missing = _added.Length;
    }

    /// <summary>Rows of the finest resolution, and of the result unless a <see cref="Window"/> is set.</summary>
    public int Height => _ladder.Levels[0].Height;

    /// <summary>Columns of the finest resolution, and of the result unless a <see cref="Window"/> is set.</summary>
    public int Width => _ladder.Levels[0].Width;

    /// <summary>
    /// The tokens to keep of this image and those after it; the whole map to begin with. Gives the bits that
    /// <see cref="AggregatedAttention.Crop"/> gives, without making the rest first.
    /// </summary>
    /// <remarks>
    /// For pictures that do not fill the model's input. Tokens outside need not have good attention: where their maps are
    /// not needed they are not looked at.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The window is empty or reaches beyond the map.</exception>
    /// <exception cref="InvalidOperationException">Set between the first Add of an image and its Aggregate.</exception>
    public TokenWindow Window
    {
        get => _pyramid.Window;
        set
        {
            value.CheckInside(Height, Width, nameof(value));
            if (_missing < _added.Length)
            {
                throw new InvalidOperationException("Set the window before the first tensor of an image is added.");
            }

            _pyramid.Show(value);
        }
    }

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

        int badRow = TakeIn(tensor, attention);
        if (badRow >= 0)
        {
            Reset();
            throw BadAttention.Describe(tensor, shape, attention, badRow);
        }

        _added[tensor] = true;
        _missing--;
    }

    /// <summary>Aggregates the tensors added since the last call. The aggregator is then ready for the next image.</summary>
    /// <returns>The aggregated attention; dispose it so that the next image can use its memory.</returns>
    /// <exception cref="InvalidOperationException">Not every tensor was added.</exception>
    /// <exception cref="AttentionException">
    /// A map's sum is too large or too small for a float, or a token attends to nothing in the window.
    /// </exception>
    public AggregatedAttention Aggregate()
    {
        if (_missing > 0)
        {
            int missing = Array.IndexOf(_added, false);
            throw new InvalidOperationException(
                $"Attention tensor {missing} ({_ladder.Tensors[missing]}) was not added; "
                + $"{_added.Length - _missing} of {_added.Length} were.");
        }

        try
        {
            if (!_summed)
            {
                _pyramid.Sum(last: null);
            }

            TokenWindow window = Window;
            return new AggregatedAttention(
                _pyramid.TakeResult(), _buffers, window.Height, window.Width, _pyramid.Mass, _degree);
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
        _missing = _added.Length;
        _summed = false;
        _scale.Clear();
        foreach (LevelMean mean in _means)
        {
            mean.Clear();
        }
    }

    // The last tensor of an image goes straight into the result, if it is of the finest resolution; the others, and it
    // too where a coarser one follows, are gathered per resolution.
    private unsafe int TakeIn(int tensor, ReadOnlySpan<float> attention)
    {
        int level = _ladder.LevelOf(tensor);
        fixed (float* values = attention)
        {
            _rows.Open(values, attention.Length, _ladder.Tensors[tensor]);
            if (level == 0 && _missing == 1)
            {
                _pyramid.Sum(_rows);
                _summed = true;
            }
            else
            {
                _means[level].Add(_rows, _degree);
            }

            return _rows.Close();
        }
    }
}
