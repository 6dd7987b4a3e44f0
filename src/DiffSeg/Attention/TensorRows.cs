namespace DiffSeg;

/// <summary>One attention tensor [heads, N, N] while it is taken in: per query token the mean over its heads, checked.</summary>
internal sealed unsafe class TensorRows
{
    private readonly Lock _gate = new();
    private float* _first;
    private int _length;
    private int _heads;
    private int _tokens;
    private int _firstBad;

    private ReadOnlySpan<float> Values => new(_first, _length);

    /// <summary>Starts on a tensor.</summary>
    /// <param name="first">Its first value; it must stay where it is until the last row is read.</param>
    /// <param name="length">Its values.</param>
    /// <param name="shape">Its shape.</param>
    public void Open(float* first, int length, AttentionShape shape)
    {
        _first = first;
        _length = length;
        _heads = shape.Heads;
        _tokens = shape.Tokens;
        _firstBad = int.MaxValue;
    }

    /// <summary>Ends with the tensor.</summary>
    /// <returns>The first query token with a bad value or without attention, or -1 when all are good.</returns>
    public int Close()
    {
        _first = null;
        _length = 0;
        return _firstBad == int.MaxValue ? -1 : _firstBad;
    }

    /// <summary>The attention of a query token in the first head.</summary>
    /// <param name="query">The query token.</param>
    /// <returns>One value per key token.</returns>
    public ReadOnlySpan<float> FirstHead(int query) => Row(0, query);

    /// <summary>The attention of a query token: the mean over the heads. Notes bad values.</summary>
    /// <param name="query">The query token.</param>
    /// <param name="scratch">Room for one row.</param>
    /// <param name="sum">The sum of the mean.</param>
    /// <returns>One value per key token: the input itself where there is one head, or else <paramref name="scratch"/>.</returns>
    public ReadOnlySpan<float> Mean(int query, Span<float> scratch, out float sum)
    {
        ReadOnlySpan<float> mean;
        bool negative;
        if (_heads == 1)
        {
            mean = Row(0, query);
            sum = RowSum.Of(mean, out negative);
        }
        else
        {
            negative = RowMean.Of(Values[(query * _tokens)..], _heads, _tokens * _tokens, scratch);
            mean = scratch;
            sum = RowSum.Of(mean);
        }

        if (negative || !(sum > 0 && float.IsFinite(sum)))
        {
            Examine(query);
        }

        return mean;
    }

    private ReadOnlySpan<float> Row(int head, int query) =>
        Values.Slice(((head * _tokens) + query) * _tokens, _tokens);

    // Good values can have a sum that is infinite or 0 too; that is told when the map is normalised.
    private void Examine(int query)
    {
        bool positive = false;
        for (int head = 0; head < _heads; head++)
        {
            ReadOnlySpan<float> row = Row(head, query);
            if (RowCheck.FirstInvalid(row) >= 0)
            {
                positive = false;
                break;
            }

            positive |= row.ContainsAnyExcept(0f);
        }

        if (!positive)
        {
            lock (_gate)
            {
                _firstBad = Math.Min(_firstBad, query);
            }
        }
    }
}
