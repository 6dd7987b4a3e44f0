using System.Numerics.Tensors;

namespace DiffSeg.Semantics;

/// <summary>
/// Gathers the cross-attention of all layers and resolutions of one picture and its text: how much each place of the picture
/// attends to each token of the text.
/// </summary>
/// <remarks>
/// Tensors of equal resolution are layers: each is averaged over its heads, then they are averaged. Tensors are added one
/// at a time, in any order, and not kept. Nothing is upsampled here: what is kept has the resolutions of the tensors, 1.7 MB
/// for Stable Diffusion's, in place of 81 MB at 512 x 512. One aggregator serves picture after picture; it must not be used by
/// two threads at once.
/// </remarks>
public sealed class CrossAttentionAggregator
{
    private readonly AttentionLadder _ladder;
    private readonly float[] _weights;
    private readonly int _textTokens;
    private readonly float[]?[] _sums;
    private readonly bool[] _added;
    private readonly float[] _mean;

    /// <summary>Prepares for pictures whose cross-attention has the given shapes.</summary>
    /// <param name="tensors">The shapes, in any order; <see cref="Add"/> names tensors by their position here.</param>
    /// <param name="options">Weights of the resolutions, finest first; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// No tensors, an impossible shape, texts of different lengths, or a number of weights other than the number of resolutions.
    /// </exception>
    public CrossAttentionAggregator(IReadOnlyList<CrossAttentionShape> tensors, AggregationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        _ladder = new AttentionLadder([.. tensors.Select(t => t.Map)]);
        _weights = _ladder.Weights(options ?? new AggregationOptions());
        _textTokens = tensors[0].TextTokens;
        for (int i = 0; i < tensors.Count; i++)
        {
            if (tensors[i].TextTokens < 1 || tensors[i].TextTokens != _textTokens)
            {
                throw new ArgumentException(
                    $"Cross-attention tensor {i} has the shape {tensors[i]}, the first one {tensors[0]}; all must belong to "
                    + "one text of at least one token.",
                    nameof(tensors));
            }

            if (tensors[i].Length > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"Cross-attention tensor {i} of {tensors[i]} has {tensors[i].Length} values, more than an array holds; "
                    + "average its heads first.",
                    nameof(tensors));
            }
        }

        _sums = new float[_ladder.Levels.Length][];
        _added = new bool[tensors.Count];
        _mean = new float[_textTokens];
    }

    /// <summary>Adds one cross-attention tensor of the current picture.</summary>
    /// <param name="tensor">Position of its shape in the constructor's list; each once per picture.</param>
    /// <param name="attention">
    /// Its values [heads, N, text tokens], row-major, after the softmax: finite and not negative, and of each place of the picture not
    /// all 0. Not kept.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tensor.</exception>
    /// <exception cref="ArgumentException">The number of values is not that of the shape.</exception>
    /// <exception cref="InvalidOperationException">The tensor was added already.</exception>
    /// <exception cref="AttentionException">
    /// A value is NaN, infinite or negative, or a place of the picture attends to nothing. The picture is then given up: the
    /// next Add starts another.
    /// </exception>
    public void Add(int tensor, ReadOnlySpan<float> attention)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tensor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tensor, _added.Length);
        AttentionShape shape = _ladder.Tensors[tensor];
        if (attention.Length != shape.Heads * shape.Tokens * _textTokens)
        {
            throw new ArgumentException(
                $"Cross-attention tensor {tensor} has {attention.Length} values, but its shape {shape} asks for "
                + $"{shape.Heads} x {shape.Tokens} x {_textTokens} = {shape.Heads * shape.Tokens * _textTokens}.",
                nameof(attention));
        }

        if (_added[tensor])
        {
            throw new InvalidOperationException(
                $"Cross-attention tensor {tensor} was added already; call Aggregate after the last tensor of each picture.");
        }

        float[] sum = _sums[_ladder.LevelOf(tensor)] ??= new float[shape.Tokens * _textTokens];
        for (int place = 0; place < shape.Tokens; place++)
        {
            RowMean.Of(attention[(place * _textTokens)..], shape.Heads, shape.Tokens * _textTokens, _mean);
            if (Bad(tensor, shape, attention, place) is { } error)
            {
                Reset();
                throw error;
            }

            Span<float> row = sum.AsSpan(place * _textTokens, _textTokens);
            TensorPrimitives.Add(row, _mean, row);
        }

        _added[tensor] = true;
    }

    /// <summary>Ends the current picture. The aggregator is then ready for the next one.</summary>
    /// <returns>The cross-attention of the picture.</returns>
    /// <exception cref="InvalidOperationException">Not every tensor was added.</exception>
    public CrossAttention Aggregate()
    {
        int missing = Array.IndexOf(_added, false);
        if (missing >= 0)
        {
            throw new InvalidOperationException(
                $"Cross-attention tensor {missing} ({_ladder.Tensors[missing]}) was not added.");
        }

        CrossAttentionLevel[] levels = [.. _ladder.Levels.Select((size, i) => CrossAttentionLevel.FromRows(
            _sums[i]!, size.Height, size.Width, _textTokens, _weights[i]))];
        Reset();
        return new CrossAttention(levels, _textTokens);
    }

    /// <summary>Forgets the tensors added since the last <see cref="Aggregate"/>, to start the picture anew.</summary>
    public void Reset()
    {
        Array.Clear(_added);
        Array.Clear(_sums);
    }

    private AttentionException? Bad(int tensor, AttentionShape shape, ReadOnlySpan<float> attention, int place)
    {
        for (int head = 0; head < shape.Heads; head++)
        {
            int start = ((head * shape.Tokens) + place) * _textTokens;
            int token = RowCheck.FirstInvalid(attention.Slice(start, _textTokens));
            if (token >= 0)
            {
                return new AttentionException(
                    $"Cross-attention tensor {tensor} ({shape}) holds {attention[start + token]} at index {start + token} (head "
                    + $"{head}, place {place}, text token {token}). Attention must be finite and not negative: check that this "
                    + "output is taken after the softmax.",
                    tensor,
                    start + token);
            }
        }

        float sum = RowSum.Of(_mean);
        return sum > 0 && float.IsFinite(sum)
            ? null
            : new AttentionException(
                $"The attention of place {place} in cross-attention tensor {tensor} ({shape}) sums to {sum}, which cannot be "
                + "normalised. Rows should sum to about 1: check the model's output.",
                tensor,
                (long)place * _textTokens);
    }
}
