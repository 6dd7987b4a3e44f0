using System.Numerics.Tensors;

namespace DiffSeg;

/// <summary>The mean attention of one resolution, gathered tensor after tensor: over heads, then over layers.</summary>
/// <remarks>
/// Holds the sum over the layers of the mean over the heads; the number of layers drops out when each map is divided
/// by its sum.
/// </remarks>
internal sealed class LevelMean
{
    /// <summary>Rows per range of the parallel loop.</summary>
    private const int Grain = 16;

    private readonly SpareBuffers _buffers;
    private readonly Action<int, int> _addRows;
    private TensorRows? _tensor;
    private float[]? _sum;

    /// <summary>Prepares for maps of a size.</summary>
    /// <param name="tokens">Query tokens, and key tokens of each.</param>
    /// <param name="buffers">Where the memory comes from.</param>
    public LevelMean(int tokens, SpareBuffers buffers)
    {
        Tokens = tokens;
        _buffers = buffers;
        _addRows = AddRows;
    }

    /// <summary>Query tokens, and key tokens of each.</summary>
    public int Tokens { get; }

    /// <summary>Whether nothing was added yet.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The mean map of a query token, scaled by the number of layers; undefined while <see cref="IsEmpty"/>.</summary>
    /// <param name="query">The query token.</param>
    /// <returns>One value per key token.</returns>
    public Span<float> Map(int query) => _sum.AsSpan(query * Tokens, Tokens);

    /// <summary>Makes sure that there is memory for the maps.</summary>
    public void Reserve() => _sum ??= _buffers.Rent(Tokens * Tokens);

    /// <summary>Adds one tensor.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="degree">Threads at most.</param>
    public void Add(TensorRows tensor, int degree)
    {
        Reserve();
        _tensor = tensor;
        RowParallel.For(Tokens, Grain, degree, _addRows);
        _tensor = null;
        IsEmpty = false;
    }

    /// <summary>Forgets what was added and keeps the memory.</summary>
    public void Clear() => IsEmpty = true;

    /// <summary>Gives the memory away; the next image gets another.</summary>
    /// <returns>The values [Tokens, Tokens].</returns>
    public float[] Detach()
    {
        float[] values = _sum!;
        _sum = null;
        IsEmpty = true;
        return values;
    }

    private void AddRows(int from, int to)
    {
        using Scratch<float> scratch = new(Tokens);
        for (int query = from; query < to; query++)
        {
            ReadOnlySpan<float> mean = _tensor!.Mean(query, scratch.Span, out _);
            Span<float> sum = Map(query);
            if (IsEmpty)
            {
                mean.CopyTo(sum);
            }
            else
            {
                TensorPrimitives.Add(sum, mean, sum);
            }
        }
    }
}
